package dev.confab.adapter.persistence.file.journal;

import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.health.Part;
import dev.confab.domain.port.StorageUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks the journal every two seconds whether commits can be written. So a lost directory is noticed even without writes, and so is
 * free space on a disk that was full, even when clients send no writes because health says "not ready".
 */
public final class JournalWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(2);
    /** How long an answer may take: far longer than any batch. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Journal journal;
    private final HealthMonitor health;
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("confab-watch").daemon().factory());
    private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(true);
    private long askedNanos;

    public JournalWatch(Journal journal, HealthMonitor health) {
        this.journal = journal;
        this.health = health;
    }

    public void start() {
        var _ = thread.scheduleWithFixedDelay(this::watch, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void watch() {
        try {
            if (answer.isDone()) {
                askedNanos = System.nanoTime();
                answer = journal.probe();
            } else if (System.nanoTime() - askedNanos > PATIENCE.toNanos()) {
                // Ends when the write that hangs, or this probe behind it, succeeds.
                health.failed(Part.WRITES, "the disk does not answer");
            }
        } catch (StorageUnavailable stoppedOrClosed) {
            thread.shutdown();
        } catch (RuntimeException | Error e) {
            health.threadDied(e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
