package dev.confab.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** It changes the carrier threads of this whole process. */
@Isolated
class CarrierThreadsTest {
    private static final CountDownLatch LOADED = new CountDownLatch(1);
    private final VirtualThreadSchedulerMXBean scheduler = ManagementFactory
            .getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private final int usual = scheduler.getParallelism();

    /** As long as it is being initialized, the threads that need it keep their carriers. */
    private static final class Slow {
        static final int VALUE;

        static {
            try {
                LOADED.await();
                VALUE = 1;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @AfterEach
    void restore() {
        LOADED.countDown();
        scheduler.setParallelism(usual);
    }

    @Test
    void a_virtual_thread_runs_though_others_keep_all_carriers_and_afterwards_there_are_as_many_as_before()
            throws InterruptedException {
        var threads = new CarrierThreads(scheduler, Duration.ofMillis(50));
        List<Thread> loading = IntStream.range(0, usual)
                .mapToObj(_ -> Thread.startVirtualThread(() -> assertThat(Slow.VALUE).isEqualTo(1))).toList();
        await().atMost(Duration.ofMinutes(1)).until(() -> scheduler.getMountedVirtualThreadCount() >= usual);
        var ran = new CountDownLatch(1);
        Thread other = Thread.startVirtualThread(ran::countDown);
        assertThat(other.join(Duration.ofMillis(50))).as("without more carriers").isFalse();

        await().atMost(Duration.ofMinutes(1)).until(() -> {
            threads.round();
            return ran.getCount() == 0;
        });

        assertThat(scheduler.getParallelism()).isGreaterThan(usual);
        LOADED.countDown();
        for (Thread thread : loading) {
            thread.join();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            threads.round();
            return scheduler.getParallelism() == usual;
        });
    }
}
