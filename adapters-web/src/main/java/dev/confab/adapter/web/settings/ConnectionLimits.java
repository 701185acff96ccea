package dev.confab.adapter.web.settings;

/**
 * How many connections and event streams may be open at once.
 *
 * @param connections with more, a new connection waits until another one closes
 * @param streams must leave connections for other requests
 */
public record ConnectionLimits(int connections, int streams) {
    /** The heap that an open event stream takes, rounded up from the figure of the benchmark {@code idle-streams}. */
    private static final long BYTES_PER_STREAM = 96 * 1024;

    public ConnectionLimits {
        if (streams < 1 || connections <= streams) {
            throw new IllegalArgumentException("limits of connections and streams: " + connections + ", " + streams);
        }
    }

    /** How many streams fit into a quarter of the heap; at least 16. */
    public static int streamsFor(long heapBytes) {
        return Math.clamp(heapBytes / 4 / BYTES_PER_STREAM, 16, 1_000_000);
    }
}
