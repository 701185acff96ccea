package dev.confab.domain.conversation;

/** Counts the events of a conversation: 1 after the first, and 1 more with each. */
public record Version(long value) implements Comparable<Version> {
    public static final Version FIRST = new Version(1);
    /** The highest version that a conversation may begin with: 2^53 - 1, up to which every JSON reader is exact. */
    public static final Version HIGHEST_FIRST = new Version((1L << 53) - 1);

    public Version {
        if (value < 1) {
            throw new InvalidValue("version", "must be at least 1");
        }
    }

    /** The highest version has no next one: it stays, so that a conversation with it can still be changed, deleted and purged. */
    public Version next() {
        return value == Long.MAX_VALUE ? this : new Version(value + 1);
    }

    @Override
    public int compareTo(Version other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
