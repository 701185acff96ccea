package dev.confab.adapter.persistence.file.health;

import dev.confab.adapter.persistence.file.disk.DirectoryLost;
import dev.confab.adapter.persistence.file.disk.IoReason;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does not work in an open store. A problem begins with the first report and ends when its part reports that it works again. A store
 * that has stopped writes nothing more until it is opened again.
 *
 * <p>A problem is logged when it begins, when it ends, and at most once a minute in between.
 */
public final class HealthMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);
    private static final long LOG_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    /** How often a problem was reported, when it began, and when it was last logged. */
    private record Episode(String what, long reports, long sinceNanos, long loggedNanos) {
        Duration age() {
            return Duration.ofNanos(System.nanoTime() - sinceNanos).truncatedTo(ChronoUnit.SECONDS);
        }
    }

    private final ConcurrentHashMap<Part, Episode> episodes = new ConcurrentHashMap<>();
    private volatile Optional<String> failure = Optional.empty();
    private volatile Optional<String> fatal = Optional.empty();
    private volatile Runnable onStop = () -> {
    };

    /** The part does not work: {@code what} says what failed and why. */
    public void failed(Part part, String what) {
        episodes.compute(part, (_, before) -> {
            long now = System.nanoTime();
            if (before == null) {
                LOG.warn("{}: {}; {}", part.component(), what, part.consequence());
                return new Episode(what, 1, now, now);
            }
            long reports = before.reports() + 1;
            if (now - before.loggedNanos() < LOG_AGAIN_NANOS) {
                return new Episode(what, reports, before.sinceNanos(), before.loggedNanos());
            }
            LOG.warn("{}: {}; {} failures in {} s; {}", part.component(), what, reports, before.age().toSeconds(),
                    part.consequence());
            return new Episode(what, reports, before.sinceNanos(), now);
        });
    }

    /** The part works. Cheap when it has worked before. */
    public void works(Part part) {
        Episode ended = episodes.isEmpty() ? null : episodes.remove(part);
        if (ended != null) {
            LOG.info("{}: works again after {} failures in {} s", part.component(), ended.reports(),
                    ended.age().toSeconds());
        }
    }

    public boolean hasFailed(Part part) {
        return episodes.containsKey(part);
    }

    /** What does not work now. */
    public Map<Part, Problem> problems() {
        return episodes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey,
                        entry -> new Problem(entry.getValue().what(), entry.getValue().age())));
    }

    /** A force failed, or the data directory is lost: stops all writing until the store is opened again. */
    public void stop(IOException cause) {
        String reason = IoReason.of(cause);
        stop(cause instanceof DirectoryLost ? reason : "the disk failed: " + reason, cause);
    }

    /** The first reason counts. */
    private void stop(String reason, Throwable cause) {
        synchronized (this) {
            if (failure.isEmpty()) {
                failure = Optional.of(reason);
                var message = "File store: {}. Nothing more is written until the store is opened again; reads go on.";
                if (cause instanceof DirectoryLost) {
                    // The cause is outside of the process: a stack trace does not help.
                    LOG.error(message, reason);
                } else {
                    LOG.error(message, reason, cause);
                }
            }
        }
        onStop.run();
    }

    /** A thread of the store died, which only an {@link Error} or a bug explains: stops all writing until the process is started again. */
    public void threadDied(Throwable cause) {
        String reason = "the thread " + Thread.currentThread().getName() + " died of " + cause;
        synchronized (this) {
            fatal = fatal.or(() -> Optional.of(reason));
        }
        stop(reason, cause);
    }

    /** Why nothing can be written any more; empty while the store has not stopped. */
    public Optional<String> failure() {
        return failure;
    }

    /** The thread that died, and its Error; empty while all threads run. Confab must be restarted then. */
    public Optional<String> fatal() {
        return fatal;
    }

    /** Runs this when the store stops, so that waiting threads look again. */
    public void onStop(Runnable action) {
        onStop = action;
    }
}
