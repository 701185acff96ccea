package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Drafts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Counts messages that are lost or stored twice when 8 threads append 25 messages each to one conversation. At the deadline the peer's
 * connections are cut, because one peer writes more at each append and does not finish.
 */
final class LostOrDoubled {
    private static final int THREADS = 8;
    private static final int APPENDS = 25;
    private static final long CUT_AGAIN_MILLIS = 1_000;
    private static final Logger LOG = Logger.getLogger(LostOrDoubled.class.getName());
    /** They log each cut connection at length. Referenced here, because an unreferenced logger loses its level. */
    private static final List<Logger> QUIET = Stream.of("com.zaxxer.hikari", "org.springframework")
            .map(Logger::getLogger).toList();

    private final Peer peer;
    private final Duration bound;
    private final UUID conversation = new Drafts(1).nextId();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final LongAdder refused = new LongAdder();

    LostOrDoubled(Peer peer, Duration bound) {
        this.peer = peer;
        this.bound = bound;
    }

    static void printHeader() {
        System.out.printf(
                """

                        | %d threads x %d appends to one conversation | acknowledged | refused | lost | doubled | rows | seconds |
                        |---|---|---|---|---|---|---|
                        """,
                THREADS, APPENDS);
    }

    /** Measures the peer and prints its row. */
    void run() throws IOException, InterruptedException {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        peer.start(conversation, List.of());
        double seconds;
        try (var guard = Executors.newSingleThreadScheduledExecutor()) {
            long start = System.nanoTime();
            long deadline = start + bound.toNanos();
            // Repeated, because a pool replaces the connections that were cut.
            var _ = guard.scheduleWithFixedDelay(() -> Databases.cut(peer.database), bound.toMillis(),
                    CUT_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            Clients.run(THREADS, thread -> {
                for (int i = 0; i < APPENDS && System.nanoTime() < deadline; i++) {
                    append("thread " + thread + " message " + i, deadline);
                }
            });
            seconds = (System.nanoTime() - start) / 1e9;
        }
        printRow(seconds);
    }

    /** An append that the cut ends counts neither as acknowledged nor as refused. */
    private void append(String text, long deadline) {
        try {
            peer.append(conversation, text);
            acknowledged.add(text);
        } catch (RuntimeException e) {
            if (System.nanoTime() < deadline) {
                refused.increment();
                LOG.log(Level.WARNING, peer.name + " refused an append", e);
            }
        }
    }

    private void printRow(double seconds) {
        Map<String, Long> copies = peer.copies(conversation);
        long lost = acknowledged.stream().filter(text -> !copies.containsKey(text)).count();
        long doubled = copies.values().stream().filter(count -> count > 1).count();
        long rows = copies.values().stream().mapToLong(count -> count).sum();
        String time = seconds > bound.toSeconds()
                ? "cut at " + bound.toSeconds()
                : String.format(Locale.ROOT, "%.2f", seconds);
        System.out.printf(Locale.ROOT, "| %s | %d | %s | %d | %d | %,d | %s |%n", peer.name, acknowledged.size(),
                refused, lost, doubled, rows, time);
    }
}
