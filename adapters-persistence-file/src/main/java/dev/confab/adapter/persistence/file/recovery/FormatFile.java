package dev.confab.adapter.persistence.file.recovery;

import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file {@code format}: the version of the format of a data directory. */
public record FormatFile(Disk disk, Layout layout) {
    private static final String CURRENT = "4";
    /** The same without authors, removed messages and filing, which an older Confab would silently drop. */
    private static final String WITHOUT_AUTHORS = "3";
    /** The same without the file {@code highwater}. */
    private static final String WITHOUT_MARK = "2";
    /** The name of a backup until it is complete. */
    private static final String UNFINISHED_BACKUP = "unfinished backup";
    /** The same without sessions and turns too. */
    private static final String WITHOUT_SESSIONS = "1";

    /**
     * Creates the directories that are missing, and makes their names durable: otherwise nothing in them would be durable. Call it before
     * the directory is locked.
     */
    public void createDirectories() throws IOException {
        List<Path> created = disk.exists(layout.format()) ? List.of() : rootAndMissingParents();
        for (Path directory : List.of(layout.root(), layout.journal(), layout.conversations(), layout.quarantine())) {
            disk.createDirectories(directory);
        }
        for (Path directory : created) {
            if (directory.getParent() != null) {
                disk.forceDirectory(directory.getParent());
            }
        }
        disk.forceDirectory(layout.root());
    }

    private List<Path> rootAndMissingParents() {
        var missing = new ArrayList<Path>();
        Path directory = layout.root().toAbsolutePath();
        do {
            missing.add(directory);
            directory = directory.getParent();
        } while (directory != null && !disk.exists(directory));
        return missing;
    }

    /** What the version of a directory says. */
    public enum Age {
        /** The directory is new, or of a version that had no high-water mark. */
        WITHOUT_MARK,
        /** It has a high-water mark, and an older version. */
        OLDER, CURRENT
    }

    /**
     * Throws {@link DirectoryRefused} when the version is unknown. Unless it is the current one, {@link #write} must follow, once all of
     * the directory could be read and a high-water mark was written.
     */
    public Age age() throws IOException {
        if (!disk.exists(layout.format())) {
            return Age.WITHOUT_MARK;
        }
        String found = new String(disk.read(layout.format(), 0, 100), StandardCharsets.US_ASCII).strip();
        return switch (found) {
            case CURRENT -> Age.CURRENT;
            case WITHOUT_AUTHORS -> Age.OLDER;
            case WITHOUT_SESSIONS, WITHOUT_MARK -> Age.WITHOUT_MARK;
            case UNFINISHED_BACKUP -> throw new DirectoryRefused("The data directory " + layout.root().toAbsolutePath()
                    + " is a backup that was interrupted. Delete it, and make another one.");
            default -> throw new DirectoryRefused("The data directory " + layout.root().toAbsolutePath()
                    + " has format \"" + found + "\"; this version of Confab reads format " + CURRENT
                    + ". Use the version that wrote it, or a newer one.");
        };
    }

    /** Marks the directory as one that no store may open, until {@link #write}. */
    public void markUnfinishedBackup() throws IOException {
        write(UNFINISHED_BACKUP);
    }

    public void write() throws IOException {
        write(CURRENT);
    }

    private void write(String version) throws IOException {
        disk.replace(layout.format(), (version + "\n").getBytes(StandardCharsets.US_ASCII));
        disk.forceDirectory(layout.root());
    }
}
