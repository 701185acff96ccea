package dev.confab.adapter.persistence.file.health;

/** A part of the store that can fail while the rest works. */
public enum Part {
    /** Commits cannot be written to the journal. */
    WRITES(true, "Journal", "commits are refused until one can be written"),
    /** The conversations' own files cannot be written. */
    CHECKPOINTS(true, "Checkpoint", "the journal keeps its commits for the next one"),
    /** The search index cannot be read or written. */
    SEARCH(false, "Search index", "searches are refused until it is built again; conversations do not depend on it"),
    /** The directory was opened with {@code salvage}, and something was missing or could not be read. */
    RECOVERY(false, "Recovery", "the store serves the data that it could read");

    private final boolean stopsWrites;
    private final String component;
    private final String consequence;

    Part(boolean stopsWrites, String component, String consequence) {
        this.stopsWrites = stopsWrites;
        this.component = component;
        this.consequence = consequence;
    }

    /** Whether writes are refused meanwhile, or will be when the journal is full. */
    public boolean stopsWrites() {
        return stopsWrites;
    }

    String component() {
        return component;
    }

    String consequence() {
        return consequence;
    }
}
