package dev.confab.adapter.persistence.file.disk;

import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The thread that changes a small file that is replaced as a whole, one change after the other. A caller's thread never does: an interrupt would close the
 * file under it, and the failed force would stop the store. The thread ends when it has had nothing to do for a while.
 */
public final class ChangeThread implements AutoCloseable {
    private static final int MAX_WAITING = 1_000;
    private static final long IDLE_SECONDS = 10;

    private final String subject;
    private final long timeLimitNanos;
    private final ThreadPoolExecutor thread;

    /**
     * @param name of the thread
     * @param subject the content of the file, for errors
     * @param timeLimit for a change, from its call to its end
     */
    public ChangeThread(String name, String subject, Duration timeLimit) {
        this.subject = subject;
        this.timeLimitNanos = timeLimit.toNanos();
        this.thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING), Thread.ofPlatform().daemon().name(name).factory());
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs the change, and returns its result or throws its exception. An interrupt does not end the wait; the interrupt flag is set again.
     */
    public <T> T run(Supplier<T> change) {
        var begun = new AtomicBoolean();
        var outcome = new CompletableFuture<T>();
        try {
            thread.execute(() -> {
                if (begun.compareAndSet(false, true)) {
                    complete(outcome, change);
                }
            });
        } catch (RejectedExecutionException e) {
            throw new StorageUnavailable(thread.isShutdown()
                    ? "the store is closed"
                    : "more than " + MAX_WAITING + " changes of " + subject + " wait for the disk", e);
        }
        return await(outcome, begun);
    }

    private static <T> void complete(CompletableFuture<T> outcome, Supplier<T> change) {
        try {
            outcome.complete(change.get());
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
        }
    }

    private <T> T await(CompletableFuture<T> outcome, AtomicBoolean begun) {
        long deadline = System.nanoTime() + timeLimitNanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            throw begun.compareAndSet(false, true)
                    ? new StorageUnavailable("the disk was too busy to change the " + subject + " in time", e)
                    : new CommitOutcomeUnknown(
                            "the disk did not answer in time; the " + subject + " may still be changed", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the thread when it has made the waiting changes. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        while (!thread.isTerminated()) {
            try {
                var _ = thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
