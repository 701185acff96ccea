package dev.confab.adapter.web.event;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread. Raising it several times before it is awaited wakes the thread once. */
final class WakeSignal {
    private final BlockingQueue<Boolean> raised = new ArrayBlockingQueue<>(1);

    /** Returns at once, because a store's thread calls it. */
    void raise() {
        boolean _ = raised.offer(true);
    }

    /** Waits until it is raised, or until the time is over. */
    void await(Duration atMost) throws InterruptedException {
        raised.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
