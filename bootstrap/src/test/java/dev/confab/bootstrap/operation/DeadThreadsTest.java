package dev.confab.bootstrap.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DeadThreadsTest {
    private final List<Object> published = new ArrayList<>();
    private final List<Integer> halted = new ArrayList<>();
    private final DeadThreads deadThreads = new DeadThreads(published::add, halted::add);

    @Test
    void after_an_error_in_a_thread_the_process_is_not_live(CapturedOutput output) throws InterruptedException {
        die(Thread.ofPlatform().name("confab-journal"), () -> {
            throw new StackOverflowError("planted");
        });

        assertThat(states()).containsExactly(LivenessState.BROKEN);
        assertThat(output).contains("The thread confab-journal died", "planted");
        assertThat(halted).isEmpty();
    }

    @Test
    void after_an_exception_in_a_thread_of_its_own_the_process_is_not_live() throws InterruptedException {
        die(Thread.ofPlatform(), () -> {
            throw new IllegalStateException("planted");
        });

        assertThat(states()).containsExactly(LivenessState.BROKEN);
    }

    @Test
    void an_exception_in_a_request_leaves_the_process_live(CapturedOutput output) throws InterruptedException {
        die(Thread.ofVirtual().name("confab-http-1"), () -> {
            throw new IllegalStateException("planted");
        });

        assertThat(states()).isEmpty();
        assertThat(output).contains("confab-http-1", "planted");
    }

    @Test
    void when_memory_runs_out_the_process_exits() throws InterruptedException {
        die(Thread.ofVirtual(), () -> {
            throw new OutOfMemoryError("planted");
        });

        assertThat(halted).containsExactly(3);
    }

    private void die(Thread.Builder builder, Runnable death) throws InterruptedException {
        Thread thread = builder.unstarted(death);
        thread.setUncaughtExceptionHandler(deadThreads);
        thread.start();
        thread.join();
    }

    private List<Object> states() {
        return published.stream().map(event -> (Object) ((AvailabilityChangeEvent<?>) event).getState()).toList();
    }
}
