package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.TurnEvents.TurnEvent.Ended;
import dev.confab.application.turn.answer.TurnFailures;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.port.AssistantFailed;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnState.Failed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a turn ends by itself: the assistant fails, takes too long or says too much, or its instance stops. */
@Timeout(60)
class TurnEndingsTest {
    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session session = one.session();

    @Test
    void a_finished_run_leaves_no_timeout_behind() {
        one.finished(one.start(session, "Hi"));

        assertThat(one.runner.timeouts()).isZero();
    }

    @Test
    void a_stopped_instance_no_longer_listens_to_the_feed() {
        var subscribed = new AtomicInteger();
        Instance two = world.instance(_ -> {
            subscribed.incrementAndGet();
            return subscribed::decrementAndGet;
        });
        assertThat(subscribed).hasValue(1);

        two.runner.close();

        assertThat(subscribed).hasValue(0);
    }

    @Test
    void an_assistant_that_needs_tools_but_requests_none_fails_the_turn() {
        one.assistant.then((question, sink) -> new AssistantReply.NeedsTools(List.of(), Optional.empty()));

        assertThat(one.finished(one.start(session, "Hi")).state()).isEqualTo(new Failed(TurnFailures.IMPOSSIBLE_CALL));
    }

    @Test
    void the_assistants_failure_becomes_the_turns_failure() throws InterruptedException {
        var overloaded = new TurnFailure("overloaded", "Try again later.");
        one.assistant.then((question, sink) -> {
            sink.accept("I think");
            throw new AssistantFailed(overloaded);
        });

        Turn turn = one.finished(one.start(session, "Hi"));

        assertThat(turn.state()).isEqualTo(new Failed(overloaded));
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "I think");
        assertThat(kinds(one.follow(turn.id(), 0))).containsExactly("Started", "Delta", "MessageCompleted", "Ended");
    }

    @Test
    void any_other_exception_fails_the_turn_and_reveals_no_details() {
        one.assistant.then((question, sink) -> {
            throw new IllegalStateException("key=secret");
        });

        assertThat(one.finished(one.start(session, "Hi")).state()).isEqualTo(new Failed(TurnFailures.ASSISTANT_FAILED));
    }

    @Test
    void an_error_and_an_overflowing_usage_fail_the_turn_at_once() {
        one.assistant.then((question, sink) -> {
            throw new StackOverflowError("key=secret");
        });
        assertThat(one.finished(one.start(session, "Hi")).state()).isEqualTo(new Failed(TurnFailures.ASSISTANT_FAILED));

        var much = Optional.of(new TokenUsage(Long.MAX_VALUE, 0));
        one.assistant
                .then((question, sink) -> new AssistantReply.NeedsTools(List.of(new ToolRequest("time", "{}")), much));
        one.assistant.then((question, sink) -> new AssistantReply.Complete(much));
        assertThat(one.finished(one.start(session, "Hi")).state()).isEqualTo(new Failed(TurnFailures.ASSISTANT_FAILED));
    }

    @Test
    void a_turn_that_takes_too_long_fails() {
        Instance hasty = world.instance(
                new TurnSettings(Duration.ofSeconds(30), Duration.ofMillis(1), TurnWorld.SETTINGS.contextTokens(),
                        1_000,
                        TurnWorld.SETTINGS.toolsNeedingApproval()));
        // It would wait for ever: it is interrupted, or too late even to be asked.
        hasty.assistant.holds();

        Turn turn = hasty.finished(hasty.start(session, "Hi"));

        assertThat(turn.state()).isEqualTo(new Failed(TurnFailures.TIMEOUT));
    }

    @Test
    void an_assistant_that_ignores_interrupts_does_not_block_the_conversation() throws InterruptedException {
        Instance hasty = world.instance(
                new TurnSettings(Duration.ofSeconds(30), Duration.ofMillis(1), TurnWorld.SETTINGS.contextTokens(),
                        1_000,
                        TurnWorld.SETTINGS.toolsNeedingApproval()));
        var mayGoOn = new CountDownLatch(1);
        hasty.assistant.then((question, sink) -> {
            uninterruptibly(mayGoOn);
            return ScriptedAssistant.complete();
        });
        Turn turn = hasty.start(session, "Hi");

        await(() -> {
            hasty.runner.renewLeases();
            return hasty.get(turn.id()).isFinished();
        });

        assertThat(hasty.follow(turn.id(), 0).getLast()).isInstanceOf(Ended.class);
        mayGoOn.countDown();
        assertThat(hasty.finished(turn).state()).isEqualTo(new Failed(TurnFailures.TIMEOUT));
        assertThat(one.texts(session.conversationId())).containsExactly("Hi");
    }

    @Test
    void an_answer_longer_than_a_message_fails_even_when_the_assistant_ignores_the_exception() {
        String quarter = "x".repeat(256 * 1024);
        one.assistant.then((question, sink) -> {
            for (int i = 0; i < 5; i++) {
                try {
                    sink.accept(quarter);
                } catch (RuntimeException ignored) {
                    // as an assistant may
                }
            }
            return ScriptedAssistant.complete();
        });

        assertThat(one.finished(one.start(session, "Hi")).state()).isEqualTo(new Failed(TurnFailures.REPLY_TOO_LONG));
    }

    @Test
    void a_stopped_instance_fails_its_turns_at_once() throws InterruptedException {
        var held = one.assistant.holds("So far");
        Turn turn = one.start(session, "Hi");
        held.said.await();

        one.runner.close();

        Instance two = world.instance();
        assertThat(two.get(turn.id()).state()).isEqualTo(new Failed(TurnFailures.STOPPED));
        two.finished(two.start(session, "Again"));
    }

    @Test
    void a_turn_that_starts_while_its_instance_stops_fails_too() {
        one.runner.close();

        Turn turn = one.start(session, "Hi");

        assertThat(one.finished(turn).state()).isEqualTo(new Failed(TurnFailures.STOPPED));
    }

    private static void uninterruptibly(CountDownLatch latch) {
        for (boolean open = false; !open;) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException notNow) {
                // that is the point
            }
        }
    }

    private static List<String> kinds(List<TurnEvent> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
