package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.assistant.openai.FakeEndpoint.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptsTest {

    @Test
    void an_interrupt_before_the_response_closes_the_connection() throws Exception {
        assertInterrupted((wire, reached) -> reached.countDown());
    }

    @Test
    void an_interrupt_in_the_middle_of_the_answer_closes_the_connection() throws Exception {
        // The latch is released by the sink, once the first piece has arrived.
        assertInterrupted((wire, reached) -> wire.open().events(Chunks.text("Hello")));
    }

    @Test
    void an_interrupt_between_two_attempts_ends_the_wait() throws Exception {
        var waiting = new CountDownLatch(1);
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(429, "", "{}"));
                var assistant = new OpenAiAssistant(
                        AssistantUnderTest.settings(endpoint.url(""), Duration.ofSeconds(30),
                                Duration.ofSeconds(30)),
                        time -> {
                            waiting.countDown();
                            new CountDownLatch(1).await();
                        })) {
            interruptOnce(waiting, () -> assistant.answer(AssistantUnderTest.HELLO, piece -> {
            }));
            assertThat(endpoint.requests()).hasSize(1);
        }
    }

    @Test
    void a_thread_interrupted_beforehand_fails_at_once() throws Exception {
        try (var endpoint = new FakeEndpoint(Wire::awaitClose); var tested = AssistantUnderTest.at(endpoint.url(""))) {
            interruptOnce(new CountDownLatch(0), tested::hello);
        }
    }

    private interface Prelude {
        void play(Wire wire, CountDownLatch reached) throws IOException;
    }

    private static void assertInterrupted(Prelude prelude) throws Exception {
        var reached = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Script script = wire -> {
            prelude.play(wire, reached);
            wire.awaitClose();
            closed.countDown();
        };
        try (var endpoint = new FakeEndpoint(script); var tested = AssistantUnderTest.at(endpoint.url(""))) {
            interruptOnce(reached,
                    () -> tested.assistant.answer(AssistantUnderTest.HELLO, piece -> reached.countDown()));

            assertThat(closed.await(30, TimeUnit.SECONDS)).as("connection closed").isTrue();
            assertThat(endpoint.requests()).hasSize(1);
        }
    }

    private interface Task {
        Object run() throws InterruptedException;
    }

    /** Runs the task in a virtual thread, interrupts the thread once the latch is released, and asserts that the task ends by it. */
    private static void interruptOnce(CountDownLatch reached, Task task) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var thread = new CompletableFuture<Thread>();
            Future<Throwable> outcome = executor.submit(() -> {
                thread.complete(Thread.currentThread());
                try {
                    task.run();
                } catch (Throwable e) {
                    return e;
                }
                return new AssertionError("not interrupted");
            });
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
            thread.get().interrupt();
            assertThat(await(outcome)).isInstanceOf(InterruptedException.class);
        }
    }

    private static Throwable await(Future<Throwable> outcome) throws InterruptedException, ExecutionException {
        try {
            return outcome.get(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            outcome.cancel(true);
            return new AssertionError("still running", e);
        }
    }
}
