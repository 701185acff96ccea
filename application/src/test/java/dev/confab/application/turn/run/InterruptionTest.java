package dev.confab.application.turn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptionTest {
    private final Interruption gate = new Interruption();

    @Test
    void what_is_called_is_interrupted_and_what_follows_is_not() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var interruptedOutside = new AtomicBoolean();
        var stopped = new AtomicBoolean();
        Thread runner = Thread.ofVirtual().start(() -> {
            try {
                gate.call(() -> {
                    inside.countDown();
                    new CountDownLatch(1).await();
                    return "";
                });
            } catch (RunStopped expected) {
                stopped.set(true);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            interruptedOutside.set(Thread.currentThread().isInterrupted());
        });
        inside.await();

        gate.stop();
        runner.join();

        assertThat(stopped).isTrue();
        assertThat(interruptedOutside).isFalse();
    }

    @RepeatedTest(200)
    void an_interrupt_that_races_the_end_of_a_call_is_not_seen_outside() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var interruptedOutside = new AtomicBoolean();
        Thread runner = Thread.ofVirtual().start(() -> {
            try {
                gate.call(() -> {
                    inside.countDown();
                    return "";
                });
            } catch (RunFailed | InterruptedException either) {
                // both are legal
            }
            interruptedOutside.set(Thread.currentThread().isInterrupted());
        });
        inside.await();

        gate.fail(TurnFailures.TIMEOUT);
        runner.join();

        assertThat(interruptedOutside).isFalse();
    }

    @Test
    void nothing_is_called_once_it_is_stopped_or_failed_and_the_first_failure_counts() {
        gate.fail(TurnFailures.TIMEOUT);
        gate.fail(TurnFailures.STOPPED);

        assertThatThrownBy(() -> gate.call(() -> "")).isInstanceOfSatisfying(RunFailed.class,
                broken -> assertThat(broken.failure()).isEqualTo(TurnFailures.TIMEOUT));
        gate.stop();
        assertThatThrownBy(() -> gate.call(() -> "")).isInstanceOf(RunStopped.class);
        assertThatThrownBy(() -> gate.pause(60_000)).isInstanceOf(RunStopped.class);
    }
}
