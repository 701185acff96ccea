package dev.confab.application.turn.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.turn.answer.RunFailed;
import dev.confab.application.turn.answer.TurnFailures;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptionTest {
    private final Interruption interruption = new Interruption();

    @Test
    void a_call_is_interrupted_and_the_code_after_it_is_not() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var interruptedOutside = new AtomicBoolean();
        var stopped = new AtomicBoolean();
        Thread runner = Thread.ofVirtual().start(() -> {
            try {
                interruption.call(() -> {
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

        interruption.stop();
        runner.join();

        assertThat(stopped).isTrue();
        assertThat(interruptedOutside).isFalse();
    }

    @Test
    void an_interrupt_that_arrives_as_the_call_returns_is_not_seen_outside() {
        assertThatThrownBy(() -> interruption.call(() -> {
            interruption.fail(TurnFailures.TIMEOUT);
            return "";
        })).isInstanceOf(RunFailed.class);

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void an_interrupt_that_the_callee_ignores_is_not_seen_outside() {
        assertThatThrownBy(() -> interruption.call(() -> {
            interruption.stop();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            return "";
        })).isInstanceOf(RunStopped.class);

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void after_a_stop_or_a_failure_no_call_is_made_and_the_first_failure_counts() {
        interruption.fail(TurnFailures.TIMEOUT);
        interruption.fail(TurnFailures.STOPPED);

        assertThatThrownBy(() -> interruption.call(() -> "")).isInstanceOfSatisfying(RunFailed.class,
                broken -> assertThat(broken.failure()).isEqualTo(TurnFailures.TIMEOUT));
        interruption.stop();
        assertThatThrownBy(() -> interruption.call(() -> "")).isInstanceOf(RunStopped.class);
        assertThatThrownBy(() -> interruption.pause(60_000)).isInstanceOf(RunStopped.class);
    }
}
