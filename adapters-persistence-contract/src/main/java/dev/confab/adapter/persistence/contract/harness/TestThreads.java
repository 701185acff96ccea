package dev.confab.adapter.persistence.contract.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Runs threads that start at the same moment, and waits for them with a deadline. */
public final class TestThreads {
    /** The time limit of waits that take this long only if the store is broken. */
    public static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final int READERS = 2;
    private static final int ROUNDS = 40;
    private static final int READS = 200;

    private TestThreads() {
    }

    /**
     * Runs the task once in each of this many threads, started together, and returns the results by thread number. If a task fails,
     * the other threads are interrupted: a task with an unbounded loop must check {@link #noneFailed}.
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

    /** A step of a thread. */
    @FunctionalInterface
    public interface Step {
        /** @param n how many steps this thread has made */
        void run(int thread, int n);
    }

    /** Runs the step this many times in each of this many threads, started together. */
    public static void repeat(int threads, int times, Step step) {
        run(threads, thread -> {
            for (int n = 0; n < times; n++) {
                step.run(thread, n);
            }
            return thread;
        });
    }

    /**
     * Runs a writer that writes one round after another, and readers, until every reader has read often enough and seen enough rounds.
     *
     * @param readerOf creates a reader, which returns the round it saw
     */
    public static void race(IntConsumer writer, Supplier<LongSupplier> readerOf) {
        var reading = new CountDownLatch(READERS);
        run(READERS + 1, thread -> {
            if (thread == 0) {
                for (int round = 1; noneFailed() && (round <= ROUNDS || reading.getCount() > 0); round++) {
                    writer.accept(round);
                }
                return thread;
            }
            try {
                LongSupplier reader = readerOf.get();
                long seen = 0;
                for (int reads = 0; noneFailed() && (reads < READS || seen < ROUNDS); reads++) {
                    seen = reader.getAsLong();
                }
            } finally {
                reading.countDown();
            }
            return thread;
        });
    }

    /** Whether no other task of the same {@link #run} has failed. */
    public static boolean noneFailed() {
        return !Thread.currentThread().isInterrupted();
    }

    /** Starts a task in a new thread. */
    public static <T> Future<T> start(Callable<T> task) {
        var future = new FutureTask<>(task);
        // Platform threads, because readers that never block would occupy all carrier threads of virtual ones.
        Thread.ofPlatform().daemon().start(future);
        return future;
    }

    /** Returns the task's result or throws its exception; throws {@link AssertionError} if it takes longer than the limit. */
    public static <T> T get(Future<T> future, Duration limit) {
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the task has not ended after " + limit, e);
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

    /** Waits until as many threads wait at the barrier as it was made for. */
    public static void await(CyclicBarrier barrier) {
        try {
            barrier.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the other threads", e);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("the other threads did not come within " + DEADLINE, e);
        }
    }

    /** Waits for the latch. */
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

    /** Waits until the condition holds. */
    public static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(DEADLINE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .until(condition::getAsBoolean);
    }
}
