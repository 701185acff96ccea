package dev.confab.adapter.persistence.file.checkpoint;

import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.journal.JournalBacklog;
import dev.confab.adapter.persistence.file.memory.ThreadJoin;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Makes a checkpoint when the journal has grown past a limit, and when it has not grown for a while. */
public final class CheckpointThread {
    private static final long RETRY_MILLIS = 1_000;

    /** Tells the thread that the journal has grown past the limit; several signals at once count as one. */
    public static final class Signal {
        private final BlockingQueue<Boolean> signals = new ArrayBlockingQueue<>(1);

        public void set() {
            signals.offer(true);
        }

        private boolean await(long millis) throws InterruptedException {
            return signals.poll(millis, TimeUnit.MILLISECONDS) != null;
        }
    }

    private final Checkpointer checkpointer;
    private final HealthMonitor health;
    private final JournalBacklog backlog;
    private final long limitBytes;
    private final Duration idle;
    private final Signal signal;
    private final Thread thread;
    private volatile boolean closed;

    /** Checkpoints begin when the journal has grown by {@code limitBytes}, and when it has not grown for {@code idle}. */
    public CheckpointThread(Checkpointer checkpointer, HealthMonitor health, JournalBacklog backlog, long limitBytes,
            Duration idle, Signal signal) {
        this.checkpointer = checkpointer;
        this.health = health;
        this.backlog = backlog;
        this.limitBytes = limitBytes;
        this.idle = idle;
        this.signal = signal;
        this.thread = Thread.ofPlatform().name("confab-checkpoint").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public void close() {
        closed = true;
        signal.set();
        ThreadJoin.join(thread);
    }

    private void run() {
        long seen = backlog.bytes();
        try {
            while (!closed) {
                boolean signalled = signal.await(idle.toMillis());
                long bytes = backlog.bytes();
                boolean resting = !signalled && bytes > 0 && bytes == seen;
                if (!closed && health.failure().isEmpty() && (resting || bytes >= limitBytes)) {
                    checkpointer.checkpointOrLog();
                    if (backlog.bytes() >= limitBytes) {
                        // It failed, or writers are fast. If it failed, trying again at once would not help.
                        signal.await(RETRY_MILLIS);
                        signal.set();
                    }
                }
                seen = backlog.bytes();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            health.threadDied(e);
        }
    }
}
