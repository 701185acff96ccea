package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.MADE;
import static dev.confab.application.turn.run.TurnWorld.await;
import static dev.confab.application.turn.run.TurnWorld.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.CreateResult;
import dev.confab.application.Messages.NewMessage;
import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.Turns.IfBusy;
import dev.confab.application.Turns.Start;
import dev.confab.application.Turns.Start.Prompt;
import dev.confab.application.Turns.Start.Regeneration;
import dev.confab.application.turn.run.ScriptedAssistant.Held;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.TooManyQueuedTurns;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnIdReused;
import dev.confab.domain.session.TurnInProgress;
import dev.confab.domain.session.TurnState.Cancelled;
import dev.confab.domain.session.TurnState.Completed;
import dev.confab.domain.session.TurnState.Failed;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts that let their turn wait until the turns before it have ended. */
@Timeout(60)
class QueuedTurnsTest {
    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session session = one.session();

    /** A turn that runs until its assistant may go on, so that others wait behind it. */
    private final Held held = one.assistant.holds("So far");
    private final Turn first = one.start(session, "Hi");

    @Test
    void its_messages_come_after_the_reply_of_the_turn_before() throws InterruptedException {
        held.said.await();
        Turn second = queue("Also");
        assertThat(second.state().label()).isEqualTo("queued");
        assertThat(one.texts(session.conversationId())).containsExactly("Hi");
        Turn third = queue("And");

        one.assistant.says("Here.");
        held.goOn(" done");

        assertThat(one.finished(third).state()).isEqualTo(new Completed());
        assertThat(one.get(second.id()).state()).isEqualTo(new Completed());
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "So far done", "Also", "Here.", "And",
                "");
        assertThat(one.get(third.id()).replyId()).isEqualTo(third.replyId());
        assertThat(one.assistant.questions).hasSize(3);
        assertThat(one.assistant.questions.get(1).messages()).extracting(Message::text).containsExactly("Hi",
                "So far done", "Also");
    }

    @Test
    void its_stream_begins_with_the_waiting() throws InterruptedException {
        held.said.await();
        Turn second = queue("Also");
        List<TurnEvent> waiting = one.events.after(ANN, second.id(), 0).events();
        assertThat(waiting).singleElement().isInstanceOf(TurnEvent.Queued.class);
        one.assistant.says("Here.");

        held.goOn();

        List<TurnEvent> rest = one.follow(second.id(), waiting.getLast().id());
        assertThat(rest).extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Started", "Delta", "MessageCompleted", "Ended");
        List<TurnEvent> elsewhere = world.instance().follow(second.id(), 0);
        assertThat(elsewhere).extracting(TurnEvent::id).containsExactly(waiting.getFirst().id(), rest.get(0).id(),
                rest.get(2).id(), rest.get(3).id());
    }

    @Test
    void a_turn_that_is_cancelled_while_it_waits_leaves_nothing() throws InterruptedException {
        held.said.await();
        Turn second = queue("Also");
        Turn third = queue("And");

        Turn cancelled = world.instance().turns.cancel(ANN, second.id());

        assertThat(cancelled.state()).isEqualTo(new Cancelled());
        assertThat(cancelled.replyId()).isEmpty();
        assertThat(one.follow(second.id(), 0)).extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Queued", "Ended");
        held.goOn();
        one.finished(third);
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "So far", "And", "");
    }

    @Test
    void without_an_unfinished_turn_it_is_an_ordinary_start() {
        held.goOn();
        one.finished(first);

        Turn second = queue("Also");

        assertThat(second.queuedAt()).isEmpty();
        assertThat(one.finished(second).state()).isEqualTo(new Completed());
    }

    @Test
    void a_turn_that_interrupts_comes_before_those_that_wait() throws InterruptedException {
        held.said.await();
        Turn second = queue("Also");

        one.turns.start(ANN, session.id(), new Prompt(MADE, MADE, "Stop"), IfBusy.INTERRUPT);

        one.finished(second);
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "So far", "Stop", "", "Also", "");
    }

    @Test
    void ten_turns_wait_and_the_next_start_is_rejected() throws InterruptedException {
        held.said.await();
        List<Turn> queued = IntStream.range(0, Activity.MAX_QUEUED).mapToObj(n -> queue("number " + n)).toList();

        assertThatThrownBy(() -> queue("one more")).isInstanceOf(TooManyQueuedTurns.class);
        assertThatThrownBy(() -> one.start(session, "now")).isInstanceOf(TurnInProgress.class);

        held.goOn();
        one.finished(queued.getLast());
        assertThat(queued).allSatisfy(turn -> assertThat(one.get(turn.id()).state()).isEqualTo(new Completed()));
        assertThat(one.texts(session.conversationId())).hasSize(2 * (1 + Activity.MAX_QUEUED)).endsWith("number 9", "");
    }

    @Test
    void a_repeated_request_finds_its_turn_and_another_one_with_its_ids_is_rejected() throws InterruptedException {
        held.said.await();
        Turn byId = queue(new Prompt(given(1), MADE, "Also")).value();
        Turn byMessage = queue(new Prompt(MADE, given(2), "And")).value();

        assertThat(queue(new Prompt(given(1), MADE, "Also"))).isEqualTo(new CreateResult<>(byId, false));
        assertThat(queue(new Prompt(MADE, given(2), "And"))).isEqualTo(new CreateResult<>(byMessage, false));
        assertThatThrownBy(() -> queue(new Prompt(given(1), MADE, "Else"))).isInstanceOf(TurnIdReused.class);
        assertThatThrownBy(() -> queue(new Prompt(MADE, given(2), "Else"))).isInstanceOf(MessageIdReused.class);
        one.turns.cancel(ANN, byMessage.id());
        assertThat(queue(new Prompt(MADE, given(2), "And")).value().state()).isEqualTo(new Cancelled());
        held.goOn();
        one.finished(byId);
        assertThat(queue(new Prompt(given(1), MADE, "Also")).isNew()).isFalse();
    }

    @Test
    void a_turn_whose_message_was_stored_meanwhile_by_others_fails_and_the_next_begins() throws InterruptedException {
        held.said.await();
        Turn second = queue(new Prompt(MADE, given(2), "Also")).value();
        Turn third = queue("And");
        one.messages.append(ANN, session.conversationId(),
                new NewMessage(given(2), Role.USER, "taken", Optional.empty(), Metadata.EMPTY),
                new Precondition.None());

        held.goOn();

        one.finished(third);
        assertThat(one.get(second.id()).state()).isEqualTo(new Failed(TurnFailure.MESSAGE_ID_REUSED));
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "taken", "So far", "And", "");
    }

    @Test
    void a_regeneration_cannot_wait_and_neither_can_a_megabyte_and_a_byte() throws InterruptedException {
        held.said.await();

        assertThatThrownBy(() -> queue(new Regeneration(MADE))).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("ifBusy");
        var tooLong = new Start.Input(MADE, List.of(new NewMessage(MADE, Role.USER, "x", Optional.empty(),
                Metadata.EMPTY),
                new NewMessage(MADE, Role.USER, "x".repeat(1024 * 1024), Optional.empty(),
                        Metadata.EMPTY)));
        assertThatThrownBy(() -> queue(tooLong)).isInstanceOf(InvalidValue.class).hasMessageContaining("1048576");

        Turn second = queue("x".repeat(1024 * 1024));
        held.goOn();
        assertThat(one.finished(second).state()).isEqualTo(new Completed());
    }

    @Test
    void the_end_of_a_turn_that_awaits_an_approval_begins_the_next() throws InterruptedException {
        held.goOn();
        one.finished(first);
        one.assistant.needs("May I?", new ToolRequest("search", "{}"));
        Turn asked = one.awaited(one.start(session, "Find"), "awaiting-approval");
        Turn next = queue("Never mind");
        assertThat(one.get(next.id()).state().label()).isEqualTo("queued");

        one.turns.cancel(ANN, asked.id());

        one.finished(next);
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "So far", "Find", "May I?", "Never mind",
                "");
    }

    @Test
    void clearing_the_conversation_cancels_those_that_wait() throws InterruptedException {
        held.said.await();
        Turn second = queue("Also");

        one.sessions.clear(ANN, session.id());

        assertThat(one.finished(first).state()).isEqualTo(new Cancelled());
        assertThat(one.get(second.id()).state()).isEqualTo(new Cancelled());
        assertThat(one.messages(session.conversationId())).isEmpty();
    }

    @Test
    void deleting_the_conversation_cancels_those_that_wait() throws InterruptedException {
        held.said.await();
        Turn second = queue("Also");

        one.conversations.delete(ANN, session.conversationId(), new Precondition.None());
        one.conversations.restore(ANN, session.conversationId());

        assertThat(one.get(second.id()).state()).isEqualTo(new Cancelled());
        await(() -> one.runner.running() == 0);
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "So far");
    }

    @Test
    void a_truncation_before_the_prompt_begins_the_next_turn() throws InterruptedException {
        held.goOn();
        one.finished(first);
        Held second = one.assistant.holds("Well");
        Turn running = one.start(session, "Go on");
        second.said.await();
        Turn next = queue("Also");

        one.messages.truncate(ANN, session.conversationId(), one.messages(session.conversationId()).getFirst().id(),
                new Precondition.None());

        one.finished(next);
        assertThat(one.get(running.id()).state()).isEqualTo(new Cancelled());
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "Also", "");
    }

    private Turn queue(String text) {
        return queue(new Prompt(MADE, MADE, text)).value();
    }

    private CreateResult<Turn> queue(Start request) {
        return one.turns.start(ANN, session.id(), request, IfBusy.QUEUE);
    }
}
