package dev.confab.adapter.persistence.file;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Decides when a checkpoint is made: when the journal has grown past its bound, and when it rests. */
final class CheckpointThread {
    private static final long RETRY_MILLIS = 1_000;

    private final Checkpointer checkpointer;
    private final Journal journal;
    private final FileStoreSettings settings;
    /** Holds at most one wake-up: several at once are one. */
    private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private volatile boolean closed;

    CheckpointThread(Checkpointer checkpointer, Journal journal, FileStoreSettings settings) {
        this.checkpointer = checkpointer;
        this.journal = journal;
        this.settings = settings;
        this.thread = Thread.ofPlatform().name("confab-checkpoint").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void wake() {
        wakeUps.offer(true);
    }

    void close() {
        closed = true;
        wake();
        Threads.join(thread);
    }

    private void run() {
        long seen = journal.bytes();
        try {
            while (!closed) {
                boolean woken = wakeUps.poll(settings.idleCheckpoint().toMillis(), TimeUnit.MILLISECONDS) != null;
                long bytes = journal.bytes();
                boolean resting = !woken && bytes > 0 && bytes == seen;
                if (!closed && journal.failure().isEmpty() && (resting || bytes >= settings.checkpointBytes())) {
                    checkpointer.checkpointOrLog();
                    if (journal.bytes() >= settings.checkpointBytes()) {
                        // It failed, or writers are fast; in the first case there is no use in trying at once.
                        wakeUps.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                        wake();
                    }
                }
                seen = journal.bytes();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
