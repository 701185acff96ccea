package dev.confab.domain.conversation;

/** The number of events of a conversation: 1 after the first, and 1 more after each further one. Session events do not count. */
public record Version(long value) implements Comparable<Version> {
    public static final Version FIRST = new Version(1);

    public Version {
        if (value < 1) {
            throw new InvalidValue("version", "must be at least 1");
        }
    }

    public Version next() {
        return new Version(Math.incrementExact(value));
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
