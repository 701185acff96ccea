package dev.confab.application.conversation;

import dev.confab.domain.ConfabException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs calls at the same time and returns their outcomes. */
public final class Race {
    private static final long MAX_DELAY_NANOS = 500_000;

    private Race() {
    }

    /**
     * Starts all calls at once, each up to half a millisecond late, so that no call is always first. An exception of the given kind is the
     * outcome of its call; any other exception fails the test.
     */
    public static List<Object> of(List<? extends Callable<?>> calls, Class<? extends ConfabException> refusal)
            throws Exception {
        var random = new Random();
        var start = new CyclicBarrier(calls.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Object>>();
            for (Callable<?> call : calls) {
                long delay = random.nextLong(MAX_DELAY_NANOS);
                running.add(threads.submit(() -> {
                    start.await();
                    long from = System.nanoTime() + delay;
                    while (System.nanoTime() < from) {
                        Thread.yield();
                    }
                    return call.call();
                }));
            }
            var outcomes = new ArrayList<>();
            for (Future<Object> future : running) {
                outcomes.add(outcome(future, refusal));
            }
            return outcomes;
        }
    }

    private static Object outcome(Future<Object> future, Class<? extends ConfabException> refusal) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (refusal.isInstance(e.getCause())) {
                return e.getCause();
            }
            throw e;
        }
    }
}
