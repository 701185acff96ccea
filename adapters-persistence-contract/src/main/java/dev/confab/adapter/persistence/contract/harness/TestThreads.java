package dev.confab.adapter.persistence.contract.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Threads that start at the same moment, and waits that end at a deadline. */
public final class TestThreads {
    /** When a wait that nothing but a broken store can prolong is given up. */
    public static final Duration DEADLINE = Duration.ofSeconds(60);

    private TestThreads() {
    }

    /**
     * Runs the task once in each of so many threads, all released at once; the results by thread number. When one fails the others
     * are interrupted, so a task that goes round until something comes looks for {@link #goesOn}.
     */
    public static <T> List<T> run(int threads, IntFunction<T> task) {
        var barrier = new CyclicBarrier(threads);
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            futures.add(start(() -> {
                barrier.await();
                return task.apply(number);
            }));
        }
        try {
            return futures.stream().map(future -> get(future, DEADLINE)).toList();
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    /** Whether no other task has failed. */
    public static boolean goesOn() {
        return !Thread.currentThread().isInterrupted();
    }

    /** Starts a task in a thread of its own. */
    public static <T> Future<T> start(Callable<T> task) {
        var future = new FutureTask<>(task);
        // Not virtual: readers that never block would keep every carrier from the writers.
        Thread.ofPlatform().daemon().start(future);
        return future;
    }

    /** The result, or what the task threw; an {@link AssertionError} when it takes longer than the limit. */
    public static <T> T get(Future<T> future, Duration limit) {
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("still not done after " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw new AssertionError(e);
            }
        }
    }

    /** Waits for the latch, inside a work too. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("not released within " + DEADLINE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting to be released", e);
        }
    }

    /** Looks until the condition holds. */
    public static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the condition did not come to hold within " + DEADLINE);
            }
            LockSupport.parkNanos(500_000);
        }
    }
}
