package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.postgres.Lineup.Entered;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What becomes of 200 messages that 8 threads append to one conversation at once, 25 each. The run is bounded: at the deadline the
 * peer's connections are cut, because one of them writes more at each append and never ends.
 */
final class LostOrDoubled {
    private static final int THREADS = 8;
    private static final int APPENDS = 25;
    private static final long CUT_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Logger LOG = Logger.getLogger(LostOrDoubled.class.getName());
    /** They tell of the cut at length. Held here, because a logger that nobody holds forgets its level. */
    private static final List<Logger> QUIET = Stream.of("com.zaxxer.hikari", "org.springframework")
            .map(Logger::getLogger).toList();

    private final Entered entered;
    private final Duration bound;
    private final UUID conversation = new Drafts(1).nextId();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final LongAdder refused = new LongAdder();
    private final CountDownLatch ended = new CountDownLatch(1);

    private LostOrDoubled(Entered entered, Duration bound) {
        this.entered = entered;
        this.bound = bound;
    }

    static String header() {
        return """
                | 8 threads x 25 appends to one conversation | acknowledged | refused | lost | doubled | rows | seconds |
                |---|---|---|---|---|---|---|""";
    }

    /** Runs one peer and gives its row. */
    static String row(Entered entered, Duration bound) throws IOException, InterruptedException, SQLException {
        return new LostOrDoubled(entered, bound).run();
    }

    private String run() throws IOException, InterruptedException, SQLException {
        QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        entered.peer().start(conversation, List.of());
        long start = System.nanoTime();
        long deadline = start + bound.toNanos();
        Thread guard = Thread.ofVirtual().start(() -> cutAfter(deadline));
        Clients.run(THREADS, thread -> {
            for (int i = 0; i < APPENDS && System.nanoTime() < deadline; i++) {
                append("thread " + thread + " message " + i, deadline);
            }
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        ended.countDown();
        guard.join();
        return verdict(seconds);
    }

    /** Refused is what the peer threw by itself; what the cut ended is neither acknowledged nor refused. */
    private void append(String text, long deadline) {
        try {
            entered.peer().append(conversation, text);
            acknowledged.add(text);
        } catch (RuntimeException e) {
            if (System.nanoTime() < deadline) {
                refused.increment();
                LOG.log(Level.WARNING, entered.name() + " refused an append", e);
            }
        }
    }

    /** Again and again, because a pool makes new connections for those that were cut. */
    private void cutAfter(long deadline) {
        try {
            long wait = deadline - System.nanoTime();
            while (!ended.await(wait, TimeUnit.NANOSECONDS)) {
                Databases.cut(entered.database());
                wait = CUT_AGAIN_NANOS;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String verdict(double seconds) throws SQLException {
        Map<String, Long> copies = entered.peer().copies(conversation);
        long lost = acknowledged.stream().filter(text -> !copies.containsKey(text)).count();
        long doubled = copies.values().stream().filter(count -> count > 1).count();
        long rows = copies.values().stream().mapToLong(count -> count).sum();
        String time = seconds > bound.toSeconds()
                ? "cut at " + bound.toSeconds()
                : String.format(Locale.ROOT, "%.2f", seconds);
        return String.format(Locale.ROOT, "| %s | %d | %s | %d | %d | %,d | %s |", entered.name(), acknowledged.size(),
                refused, lost, doubled, rows, time);
    }
}
