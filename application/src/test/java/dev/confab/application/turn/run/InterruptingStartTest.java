package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.MADE;
import static dev.confab.application.turn.run.TurnWorld.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.CreateResult;
import dev.confab.application.TurnEvents.TurnEvent.Ended;
import dev.confab.application.Turns.IfBusy;
import dev.confab.application.Turns.Start;
import dev.confab.application.Turns.Start.Prompt;
import dev.confab.application.Turns.Start.Regeneration;
import dev.confab.application.Turns.TooManyRunningTurns;
import dev.confab.application.turn.run.ScriptedAssistant.Held;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnIdReused;
import dev.confab.domain.session.TurnInProgress;
import dev.confab.domain.session.TurnState.Cancelled;
import dev.confab.domain.session.TurnState.Completed;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start that cancels the unfinished turn and begins its own in the same commit. */
@Timeout(60)
class InterruptingStartTest {
    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session session = one.session();

    @Test
    void the_interrupted_turn_keeps_its_words_before_the_new_prompt() throws InterruptedException {
        Held held = one.assistant.holds("So far");
        Turn first = one.start(session, "Hi");
        held.said.await();
        one.assistant.says("Here.");
        var head = one.store.find(session.conversationId(), world.now).orElseThrow();

        Turn second = interrupt(one, new Prompt(MADE, MADE, "Stop. What else?")).value();

        held.interrupted.await();
        assertThat(one.get(first.id()).state()).isEqualTo(new Cancelled());
        assertThat(one.finished(second).state()).isEqualTo(new Completed());
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "So far", "Stop. What else?", "Here.");
        Message said = one.messages(session.conversationId()).get(1);
        assertThat(said.incomplete()).contains(IncompleteReason.CANCELLED);
        assertThat(one.get(first.id()).replyId()).contains(said.id());
        assertThat(said.version().value()).isEqualTo(head.version().value() + 1);
        assertThat(one.follow(first.id(), 0).getLast()).isInstanceOf(Ended.class);
    }

    @Test
    void a_turn_that_runs_on_another_instance_is_interrupted_too() throws InterruptedException {
        Instance two = world.instance();
        Held held = one.assistant.holds("So far");
        Turn first = one.start(session, "Hi");
        held.said.await();

        Turn second = interrupt(two, new Prompt(MADE, MADE, "Again")).value();

        held.interrupted.await();
        two.finished(second);
        assertThat(one.get(first.id()).state()).isEqualTo(new Cancelled());
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "Again", "");
    }

    @Test
    void the_run_of_an_interrupted_turn_ends_even_when_no_hint_arrives() throws InterruptedException {
        Instance deaf = world.deaf();
        Held held = deaf.assistant.holds("So far");
        deaf.start(session, "Hi");
        held.said.await();

        Turn second = interrupt(deaf, new Prompt(MADE, MADE, "Again")).value();

        held.interrupted.await();
        deaf.finished(second);
    }

    @Test
    void without_an_unfinished_turn_it_is_an_ordinary_start() {
        one.finished(one.start(session, "Hi"));

        one.finished(interrupt(one, new Prompt(MADE, MADE, "Again")).value());

        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "", "Again", "");
    }

    @Test
    void a_turn_that_waits_for_an_approval_is_cancelled() {
        one.assistant.needs("May I?", new ToolRequest("search", "{}"));
        Turn asked = one.awaited(one.start(session, "Find"), "awaiting-approval");

        one.finished(interrupt(one, new Prompt(MADE, MADE, "Never mind")).value());

        assertThat(one.get(asked.id()).state()).isEqualTo(new Cancelled());
        assertThat(one.texts(session.conversationId())).containsExactly("Find", "May I?", "Never mind", "");
    }

    @Test
    void an_abandoned_turn_fails_as_at_any_start() throws InterruptedException {
        Held held = one.assistant.holds("So far");
        Turn lost = one.start(session, "Hi");
        held.said.await();
        world.pass(Duration.ofSeconds(31));
        Instance two = world.instance();

        two.finished(interrupt(two, new Prompt(MADE, MADE, "Anyone?")).value());

        assertThat(two.get(lost.id()).state().label()).isEqualTo("failed");
    }

    @Test
    void a_regeneration_answers_the_interrupted_prompt_anew() throws InterruptedException {
        Held held = one.assistant.holds("So far");
        Turn first = one.start(session, "Hi");
        held.said.await();
        one.assistant.says("Better.");

        Turn again = interrupt(one, new Regeneration(MADE)).value();

        assertThat(one.finished(again).promptId()).isEqualTo(first.promptId());
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "Better.");
    }

    @Test
    void a_repeated_request_interrupts_nothing() throws InterruptedException {
        Held held = one.assistant.holds("So far");
        var request = new Prompt(given(1), given(2), "Hi");
        Turn first = one.turns.start(ANN, session.id(), request).value();
        held.said.await();

        CreateResult<Turn> again = interrupt(one, request);

        assertThat(again.isNew()).isFalse();
        assertThat(again.value().id()).isEqualTo(first.id());
        assertThatThrownBy(() -> interrupt(one, new Prompt(given(1), MADE, "Ho"))).isInstanceOf(TurnIdReused.class);
        assertThat(one.get(first.id()).isFinished()).isFalse();
        held.goOn();
        assertThat(one.finished(first).state()).isEqualTo(new Completed());
    }

    @Test
    void a_start_that_does_not_interrupt_is_still_rejected() throws InterruptedException {
        Held held = one.assistant.holds("So far");
        Turn first = one.start(session, "Hi");
        held.said.await();

        assertThatThrownBy(() -> one.turns.start(ANN, session.id(), new Prompt(MADE, MADE, "Again"), IfBusy.REJECT))
                .isInstanceOf(TurnInProgress.class);

        one.turns.cancel(ANN, first.id());
    }

    @Test
    void it_needs_no_free_permit_but_runs_that_do_not_react_do_not_add_up() throws InterruptedException {
        Instance full = world.instance(
                new TurnSettings(Duration.ofSeconds(30), Duration.ofMinutes(5), TurnWorld.SETTINGS.contextTokens(), 1,
                        TurnWorld.SETTINGS.toolsNeedingApproval()));
        var release = new CountDownLatch(1);
        var stuck = new CountDownLatch(1);
        full.assistant.then((question, sink) -> {
            stuck.countDown();
            awaitUninterruptibly(release);
            return ScriptedAssistant.complete();
        });
        full.start(session, "Hi");
        stuck.await();
        Held held = full.assistant.holds("Here");

        Turn second = interrupt(full, new Prompt(MADE, MADE, "Again")).value();

        held.said.await();
        assertThatThrownBy(() -> interrupt(full, new Prompt(MADE, MADE, "And again")))
                .isInstanceOf(TooManyRunningTurns.class);
        assertThat(full.get(second.id()).isFinished()).isFalse();
        held.goOn();
        release.countDown();
        full.finished(second);
        full.finished(interrupt(full, new Prompt(MADE, MADE, "Now")).value());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException ignored) {
                // an assistant that does not react
            }
        }
    }

    private CreateResult<Turn> interrupt(Instance instance, Start request) {
        return instance.turns.start(ANN, session.id(), request, IfBusy.INTERRUPT);
    }
}
