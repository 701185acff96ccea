package dev.confab.adapter.persistence.file.key;

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
import java.util.function.IntSupplier;

/**
 * The thread that changes the file of API keys, one change after the other. A caller's thread never does: an interrupt would close the
 * file under it, and the failed force would stop the store. The thread ends when it has had nothing to do for a while.
 */
final class ChangeThread implements AutoCloseable {
    private static final int MAX_WAITING = 1_000;
    private static final long IDLE_SECONDS = 10;

    private final long timeLimitNanos;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING), Thread.ofPlatform().daemon().name("confab-keys").factory());

    ChangeThread(Duration timeLimit) {
        this.timeLimitNanos = timeLimit.toNanos();
        thread.allowCoreThreadTimeOut(true);
    }

    /** Runs the change and returns or throws what it does. An interrupt does not end the wait; the interrupt flag is set again. */
    int run(IntSupplier change) {
        var begun = new AtomicBoolean();
        var outcome = new CompletableFuture<Integer>();
        try {
            thread.execute(() -> {
                if (begun.compareAndSet(false, true)) {
                    complete(outcome, change);
                }
            });
        } catch (RejectedExecutionException e) {
            throw new StorageUnavailable(thread.isShutdown()
                    ? "the store is closed"
                    : "more than " + MAX_WAITING + " changes of API keys wait for the disk", e);
        }
        return await(outcome, begun);
    }

    private static void complete(CompletableFuture<Integer> outcome, IntSupplier change) {
        try {
            outcome.complete(change.getAsInt());
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
        }
    }

    private int await(CompletableFuture<Integer> outcome, AtomicBoolean begun) {
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
                    ? new StorageUnavailable("the disk was too busy to change the API keys in time", e)
                    : new CommitOutcomeUnknown("the disk did not answer in time; the API keys may still be changed", e);
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
