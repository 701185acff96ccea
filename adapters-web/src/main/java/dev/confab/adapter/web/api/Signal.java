package dev.confab.adapter.web.api;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread. Raised several times before it is awaited, it is raised once: nothing piles up. */
final class Signal {
    private final BlockingQueue<Boolean> raised = new ArrayBlockingQueue<>(1);

    /** Never waits: a store's thread calls it. */
    void raise() {
        boolean _ = raised.offer(true);
    }

    /** Waits until it is raised, at most for so long. */
    void await(Duration atMost) throws InterruptedException {
        raised.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
