package dev.confab.adapter.web.settings;

/**
 * How many connections and event streams may be open at once.
 *
 * @param connections with more, a new connection waits until another one closes
 * @param streams must leave connections for other requests
 * @param streamsPerOwner at most {@code streams}
 */
public record ConnectionLimits(int connections, int streams, int streamsPerOwner) {
    /** What an open event stream takes of the heap, rounded up from what the benchmark {@code idle-streams} measures. */
    private static final long BYTES_PER_STREAM = 96 * 1024;

    public ConnectionLimits {
        if (streams < 1 || streamsPerOwner < 1 || streamsPerOwner > streams || connections <= streams) {
            throw new IllegalArgumentException("limits of connections, streams and streams per owner: " + connections
                    + ", " + streams + ", " + streamsPerOwner);
        }
    }

    /** How many streams fit into a quarter of the heap; at least 16. */
    public static int streamsFor(long heapBytes) {
        return Math.clamp(heapBytes / 4 / BYTES_PER_STREAM, 16, 1_000_000);
    }
}
