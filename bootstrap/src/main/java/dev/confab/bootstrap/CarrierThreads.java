package dev.confab.bootstrap;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platform threads on which the virtual ones of the requests run: by default as many as processors, which is fastest. On few processors a
 * server whose classes are not loaded yet could then stop answering for ever. A virtual thread that loads a class keeps its carrier while it
 * waits for the lock of the jar in the jar; who has that lock, and has left its carrier to wait for another one, gets none any more (JEP 491,
 * "Future work"; spring-boot issue 51463). So a watch sees to it that there are more as long as that lasts.
 */
final class CarrierThreads {
    private static final Logger LOG = LoggerFactory.getLogger(CarrierThreads.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** After this many rounds without a lack of carriers there are as many again as before. */
    private static final int CALM_ROUNDS = 60;
    private static final int MOST = 256;

    private final VirtualThreadSchedulerMXBean scheduler;
    private final int usual;
    private final Duration patience;
    private int calmRounds;

    CarrierThreads(VirtualThreadSchedulerMXBean scheduler, Duration patience) {
        this.scheduler = scheduler;
        this.usual = scheduler.getParallelism();
        this.patience = patience;
    }

    /** Begins to watch, until the process ends. */
    static void watch() {
        var threads = new CarrierThreads(ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class),
                PATIENCE);
        Thread.ofPlatform().daemon().name("confab-carriers").start(() -> {
            try {
                while (true) {
                    threads.round();
                    Thread.sleep(PATIENCE);
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Starts a virtual thread, and doubles the number of carriers if none of them takes it in time. */
    void round() throws InterruptedException {
        var taken = new CountDownLatch(1);
        // From a new thread each time, which has a queue of its own: only the first task of a queue makes the scheduler look for a carrier.
        Thread.ofPlatform().daemon().start(() -> Thread.startVirtualThread(taken::countDown));
        boolean inTime = taken.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        int present = scheduler.getParallelism();
        if (!inTime) {
            calmRounds = 0;
            if (present < MOST) {
                scheduler.setParallelism(Math.min(MOST, 2 * present));
                LOG.warn("No carrier thread took a virtual thread for {} ms: there are {} now instead of {}",
                        patience.toMillis(), scheduler.getParallelism(), present);
            }
        } else if (present > usual && ++calmRounds >= CALM_ROUNDS) {
            calmRounds = 0;
            scheduler.setParallelism(usual);
        }
    }
}
