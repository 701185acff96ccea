package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.MADE;
import static dev.confab.application.turn.run.TurnWorld.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.CreateResult;
import dev.confab.application.Messages.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.application.Turns.Start.Input;
import dev.confab.application.Turns.Start.Regeneration;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnIdReused;
import dev.confab.domain.session.TurnInProgress;
import dev.confab.domain.session.TurnState.Cancelled;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A turn that starts with messages of any roles. */
@Timeout(60)
class StartWithMessagesTest {
    private static final NewMessage ASKED = message(11, Role.USER, "What time is it?");
    private static final NewMessage CALLED = message(12, Role.ASSISTANT, "Let me see.");
    private static final NewMessage RESULT = message(13, Role.TOOL, "09:00");
    private static final List<NewMessage> ALL = List.of(ASKED, CALLED, RESULT);

    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session session = one.session();

    @Test
    void all_messages_are_appended_and_the_last_one_is_the_prompt() {
        one.assistant.says("Nine.");

        Turn turn = one.finished(start(given(1), ALL).value());

        assertThat(turn.promptId()).isEqualTo(id(13));
        assertThat(one.texts(session.conversationId())).containsExactly("What time is it?", "Let me see.", "09:00",
                "Nine.");
        assertThat(one.assistant.questions.getFirst().messages()).extracting(Message::role).containsExactly(Role.USER,
                Role.ASSISTANT, Role.TOOL);
    }

    @Test
    void nothing_that_others_appended_is_removed() {
        one.finished(start(MADE, List.of(ASKED, CALLED)).value());
        one.messages.append(ANN, session.conversationId(), message(20, Role.USER, "Well?"), new Precondition.None());

        one.finished(start(MADE, List.of(RESULT)).value());

        assertThat(one.texts(session.conversationId())).containsExactly("What time is it?", "Let me see.", "", "Well?",
                "09:00", "");
    }

    @Test
    void a_repeated_request_returns_the_turn_and_appends_nothing() {
        Turn first = one.finished(start(given(1), ALL).value());

        CreateResult<Turn> byTurn = start(given(1), ALL);
        CreateResult<Turn> other = start(MADE, List.of(message(31, Role.USER, "a"), message(32, Role.TOOL, "b")));
        one.finished(other.value());
        CreateResult<Turn> byMessages = start(MADE,
                List.of(message(31, Role.USER, "a"), message(32, Role.TOOL, "b")));

        assertThat(byTurn).isEqualTo(new CreateResult<>(first, false));
        assertThat(byMessages.isNew()).isFalse();
        assertThat(byMessages.value().id()).isEqualTo(other.value().id());
        assertThat(one.texts(session.conversationId())).hasSize(4 + 3);
    }

    @Test
    void other_messages_with_the_same_ids_are_refused() {
        one.finished(start(given(1), ALL).value());

        assertThatThrownBy(() -> start(given(1), List.of(ASKED, CALLED))).isInstanceOf(TurnIdReused.class);
        assertThatThrownBy(() -> start(given(1), List.of(ASKED, CALLED, message(13, Role.TOOL, "10:00"))))
                .isInstanceOf(TurnIdReused.class);
        assertThatThrownBy(() -> start(given(2), ALL)).isInstanceOf(MessageIdReused.class);
        assertThatThrownBy(() -> start(MADE, List.of(ASKED, message(14, Role.USER, "new"))))
                .isInstanceOf(MessageIdReused.class);
        assertThat(one.texts(session.conversationId())).hasSize(4);
    }

    @Test
    void a_message_with_the_id_of_the_reply_is_refused() {
        MessageId reply = new TurnId(((RequestedId.Given) given(1)).id()).replyId();
        NewMessage taken = new NewMessage(new RequestedId.Given(reply.value()), Role.USER, "mine", Optional.empty(),
                Metadata.EMPTY);

        assertThatThrownBy(() -> start(given(1), List.of(taken))).isInstanceOf(TurnIdReused.class);
        assertThat(one.texts(session.conversationId())).isEmpty();
    }

    @Test
    void a_start_while_another_turn_runs_appends_nothing() throws InterruptedException {
        var held = one.assistant.holds("a");
        Turn running = one.start(session, "Hi");
        held.said.await();

        assertThatThrownBy(() -> start(MADE, ALL)).isInstanceOf(TurnInProgress.class);

        assertThat(one.texts(session.conversationId())).containsExactly("Hi");
        one.turns.cancel(ANN, running.id());
    }

    @Test
    void the_number_of_messages_is_limited() {
        assertThatThrownBy(() -> new Input(MADE, List.of())).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("1 to 100");
        assertThatThrownBy(() -> new Input(MADE, Collections.nCopies(101, ASKED))).isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_regeneration_keeps_the_messages_that_the_turn_started_with() {
        one.assistant.says("Nine.");
        one.finished(start(MADE, ALL).value());
        one.assistant.says("Nine o'clock.");

        Turn again = one.turns.start(ANN, session.id(), new Regeneration(MADE)).value();

        assertThat(one.finished(again).promptId()).isEqualTo(id(13));
        assertThat(one.texts(session.conversationId())).containsExactly("What time is it?", "Let me see.", "09:00",
                "Nine o'clock.");
    }

    @Test
    void a_truncation_that_removes_the_last_of_the_messages_cancels_the_turn() throws InterruptedException {
        for (NewMessage last : List.of(ASKED, CALLED)) {
            var held = one.assistant.holds("a");
            Turn turn = start(MADE, ALL).value();
            held.said.await();

            one.messages.truncate(ANN, session.conversationId(), id(last), new Precondition.None());

            assertThat(one.finished(turn).state()).isEqualTo(new Cancelled());
            assertThat(one.messages(session.conversationId()).getLast().id()).isEqualTo(id(last));
            one.messages.clear(ANN, session.conversationId(), new Precondition.None());
        }
    }

    private CreateResult<Turn> start(RequestedId id, List<NewMessage> messages) {
        return one.turns.start(ANN, session.id(), new Input(id, messages));
    }

    private static NewMessage message(int id, Role role, String text) {
        return new NewMessage(given(id), role, text, Optional.empty(), Metadata.EMPTY);
    }

    private static MessageId id(int number) {
        return new MessageId(((RequestedId.Given) given(number)).id());
    }

    private static MessageId id(NewMessage message) {
        return new MessageId(((RequestedId.Given) message.id()).id());
    }
}
