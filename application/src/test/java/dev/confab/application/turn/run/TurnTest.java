package dev.confab.application.turn.run;

import static dev.confab.application.TurnEvents.IDS_PER_STEP;
import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.BEN;
import static dev.confab.application.turn.run.TurnWorld.MADE;
import static dev.confab.application.turn.run.TurnWorld.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.Sessions.Creation;
import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.Turns.Start.Prompt;
import dev.confab.application.Turns.Start.Regeneration;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.session.NothingToRegenerate;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnIdReused;
import dev.confab.domain.session.TurnInProgress;
import dev.confab.domain.session.TurnNotFound;
import dev.confab.domain.session.TurnState.Completed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnTest {
    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session session = one.session();

    @Test
    void a_turn_appends_the_prompt_and_then_the_reply() {
        one.assistant.says("Hello, ", "Ann");

        Turn turn = one.finished(one.start(session, "Hi"));

        assertThat(turn.state()).isEqualTo(new Completed());
        assertThat(one.messages(session.conversationId())).extracting(Message::role, Message::text)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Role.USER, "Hi"),
                        org.assertj.core.groups.Tuple.tuple(Role.ASSISTANT, "Hello, Ann"));
        assertThat(turn.replyId()).contains(one.messages(session.conversationId()).getLast().id());
        assertThat(one.turns.list(ANN, session.conversationId())).containsExactly(turn);
    }

    @Test
    void its_events_are_the_start_each_delta_the_message_and_the_end() throws InterruptedException {
        one.assistant.says("Hello, ", "Ann");

        Turn turn = one.start(session, "Hi");
        List<TurnEvent> events = one.follow(turn.id(), 0);

        assertThat(events).extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Started", "Delta", "Delta", "MessageCompleted", "Ended");
        assertThat(events).extracting(TurnEvent::id).containsExactly(IDS_PER_STEP, IDS_PER_STEP + 1, IDS_PER_STEP + 2,
                2 * IDS_PER_STEP, 2 * IDS_PER_STEP + 1);
    }

    @Test
    void a_second_start_while_it_runs_is_refused_with_its_id() throws InterruptedException {
        var held = one.assistant.holds("Well");
        Turn turn = one.start(session, "Hi");
        held.said.await();

        assertThatThrownBy(() -> one.start(session, "Again")).isInstanceOfSatisfying(TurnInProgress.class,
                refused -> assertThat(refused.turnId()).isEqualTo(turn.id()));

        held.goOn();
        one.finished(turn);
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "Well");
    }

    @Test
    void the_same_request_again_gives_the_turn_while_it_runs_and_after() throws InterruptedException {
        var held = one.assistant.holds("Well");
        var request = new Prompt(given(1), given(2), "Hi");
        Turn turn = one.turns.start(ANN, session.id(), request).value();
        held.said.await();

        var running = one.turns.start(ANN, session.id(), request);
        held.goOn();
        one.finished(turn);
        var finished = one.turns.start(ANN, session.id(), request);
        var byMessage = one.turns.start(ANN, session.id(), new Prompt(MADE, given(2), "Hi"));

        assertThat(List.of(running.isNew(), finished.isNew(), byMessage.isNew())).containsOnly(false);
        assertThat(byMessage.value()).isEqualTo(finished.value());
        assertThat(one.assistant.questions).hasSize(1);
    }

    @Test
    void a_repeated_start_returns_the_last_turn_that_the_same_request_started() {
        var request = new Prompt(MADE, given(2), "Hi");
        one.finished(one.turns.start(ANN, session.id(), request).value());
        one.sessions.clear(ANN, session.id());
        Turn anew = one.finished(one.turns.start(ANN, session.id(), request).value());
        one.finished(one.turns.start(ANN, session.id(), new Regeneration(MADE)).value());

        var again = one.turns.start(ANN, session.id(), request);

        assertThat(again.isNew()).isFalse();
        assertThat(again.value()).isEqualTo(anew);
    }

    @Test
    void a_message_that_another_session_asked_about_is_not_asked_about_again() {
        one.finished(one.turns.start(ANN, session.id(), new Prompt(MADE, given(2), "Hi")).value());
        Session other = one.sessions.create(ANN, new Creation(MADE, Optional.of(session.conversationId()),
                Optional.empty(), Settings.NONE)).value().session();

        assertThatThrownBy(() -> one.turns.start(ANN, other.id(), new Prompt(MADE, given(2), "Hi")))
                .isInstanceOf(MessageIdReused.class);
    }

    @Test
    void an_id_of_another_request_is_refused() {
        one.finished(one.turns.start(ANN, session.id(), new Prompt(given(1), given(2), "Hi")).value());

        assertThatThrownBy(() -> one.turns.start(ANN, session.id(), new Prompt(given(1), given(2), "Other")))
                .isInstanceOf(TurnIdReused.class);
        assertThatThrownBy(() -> one.turns.start(ANN, session.id(), new Prompt(MADE, given(2), "Other")))
                .isInstanceOf(MessageIdReused.class);
        assertThatThrownBy(() -> one.turns.start(ANN, session.id(), new Prompt(given(3), given(2), "Hi")))
                .isInstanceOf(MessageIdReused.class);
    }

    @Test
    void a_regeneration_drops_all_after_the_last_prompt_and_answers_it_anew() {
        one.assistant.says("First");
        Turn first = one.finished(one.start(session, "Hi"));
        one.assistant.says("Second");

        Turn second = one.finished(one.turns.start(ANN, session.id(), new Regeneration(MADE)).value());

        assertThat(second.promptId()).isEqualTo(first.promptId());
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "Second");
    }

    @Test
    void without_a_prompt_there_is_nothing_to_regenerate() {
        assertThatThrownBy(() -> one.turns.start(ANN, session.id(), new Regeneration(MADE)))
                .isInstanceOf(NothingToRegenerate.class);
    }

    @Test
    void another_owner_finds_no_turn() {
        Turn turn = one.finished(one.start(session, "Hi"));

        assertThatThrownBy(() -> one.turns.get(BEN, turn.id())).isInstanceOf(TurnNotFound.class);
        assertThatThrownBy(() -> one.turns.cancel(BEN, turn.id())).isInstanceOf(TurnNotFound.class);
        assertThatThrownBy(() -> one.events.after(BEN, turn.id(), 0)).isInstanceOf(TurnNotFound.class);
    }

    @Test
    void the_assistant_gets_the_latest_messages_up_to_the_prompt() {
        one.finished(one.start(session, "Hi"));
        one.finished(one.start(session, "Ho"));

        assertThat(one.assistant.questions.getLast().messages()).extracting(Message::text)
                .containsExactly("Hi", "", "Ho");
    }
}
