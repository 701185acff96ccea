package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.Conversations;
import dev.confab.application.Sessions;
import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.TurnEvents.TurnEvent.Ended;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnNotFound;
import dev.confab.domain.session.TurnState.Cancelled;
import dev.confab.domain.session.TurnState.Completed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A turn ends, and its run stops, when it is cancelled or when its prompt, session or conversation is removed. */
@Timeout(60)
class TurnCancellationTest {
    private static final Precondition NONE = new Precondition.None();

    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session session = one.session();

    @Test
    void a_cancel_interrupts_the_assistant_and_keeps_the_text_so_far() throws InterruptedException {
        var held = one.assistant.holds("So far ", "so good");
        Turn turn = one.start(session, "Hi");
        held.said.await();

        Turn cancelled = one.turns.cancel(ANN, turn.id());

        held.interrupted.await();
        assertThat(cancelled.state()).isEqualTo(new Cancelled());
        assertThat(one.messages(session.conversationId()).getLast())
                .returns("So far so good", message -> message.text())
                .returns(Optional.of(IncompleteReason.CANCELLED), message -> message.incomplete())
                .returns(cancelled.replyId().orElseThrow(), message -> message.id());
        assertThat(kinds(one.follow(turn.id(), 0))).containsExactly("Started", "Delta", "Delta", "MessageCompleted",
                "Ended");
        assertThat(one.turns.cancel(ANN, turn.id())).isEqualTo(cancelled);
    }

    @Test
    void a_cancel_before_the_first_word_keeps_no_message() throws InterruptedException {
        var held = one.assistant.holds();
        Turn turn = one.start(session, "Hi");
        held.said.await();

        assertThat(one.turns.cancel(ANN, turn.id()).replyId()).isEmpty();

        assertThat(one.texts(session.conversationId())).containsExactly("Hi");
        assertThat(kinds(one.follow(turn.id(), 0))).containsExactly("Started", "Ended");
    }

    @Test
    void a_cancel_by_another_instance_stores_the_committed_text_and_stops_the_runner() throws InterruptedException {
        Instance two = world.instance();
        var held = one.assistant.holds("So far");
        Turn turn = one.start(session, "Hi");
        held.said.await();
        world.pass(Duration.ofSeconds(11));
        one.runner.renewLeases();
        await(() -> one.get(turn.id()).textSoFar().equals("So far"));

        two.turns.cancel(ANN, turn.id());

        held.interrupted.await();
        one.finished(turn);
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "So far");
        assertThat(one.follow(turn.id(), 0).getLast()).isInstanceOf(Ended.class);
    }

    @Test
    void a_cancel_that_is_committed_while_the_turn_is_being_read_stops_the_run_too() throws InterruptedException {
        Instance two = world.instance();
        var held = one.assistant.holds("So far");
        Turn turn = one.start(session, "Hi");
        held.said.await();
        one.afterActivityRead.set(() -> two.turns.cancel(ANN, turn.id()));

        two.conversations.change(ANN, session.conversationId(),
                new Conversations.Change(_ -> Optional.of(new Title("Other")), UnaryOperator.identity()), NONE);

        held.interrupted.await();
        one.finished(turn);
    }

    @Test
    void clearing_and_truncating_the_prompt_away_cancel_the_turn_and_stop_its_runner() throws Exception {
        for (Runnable removal : List.<Runnable>of(() -> one.sessions.clear(ANN, session.id()),
                () -> one.messages.clear(ANN, session.conversationId(), NONE),
                () -> one.messages.truncate(ANN, session.conversationId(),
                        one.messages(session.conversationId()).getFirst().id(), NONE))) {
            one.finished(one.start(session, "Before"));
            var held = one.assistant.holds("Lost");
            Turn turn = one.start(session, "Hi");
            held.said.await();

            removal.run();

            held.interrupted.await();
            await(() -> one.runner.running() == 0);
            assertThat(one.get(turn.id()).state()).isEqualTo(new Cancelled());
            assertThat(one.texts(session.conversationId())).doesNotContain("Lost");
        }
    }

    @Test
    void removing_the_prompt_cancels_the_turn_and_stores_what_was_said() throws InterruptedException {
        var held = one.assistant.holds("So far");
        Turn turn = one.start(session, "Hi");
        held.said.await();

        one.messages.remove(ANN, session.conversationId(), turn.promptId(), NONE);

        held.interrupted.await();
        assertThat(one.finished(turn).state()).isEqualTo(new Cancelled());
        assertThat(one.texts(session.conversationId())).containsExactly("", "So far");
    }

    @Test
    void deleting_the_conversation_cancels_the_turn_and_stops_its_runner() throws Exception {
        var held = one.assistant.holds("So far");
        Turn turn = one.start(session, "Hi");
        held.said.await();

        one.conversations.delete(ANN, session.conversationId(), NONE);

        held.interrupted.await();
        await(() -> one.runner.running() == 0);
        one.conversations.restore(ANN, session.conversationId());
        assertThat(one.get(turn.id()).state()).isEqualTo(new Cancelled());
    }

    @Test
    void deleting_the_session_cancels_its_turn() throws InterruptedException {
        var held = one.assistant.holds("Lost");
        Turn turn = one.start(session, "Hi");
        held.said.await();

        world.instance().sessions.delete(ANN, session.id());

        held.interrupted.await();
        assertThat(one.finished(turn).state()).isEqualTo(new Cancelled());
        assertThat(one.texts(session.conversationId())).containsExactly("Hi");
    }

    @Test
    void deleting_a_temporary_session_removes_its_running_turn_and_its_stream() throws InterruptedException {
        Session temporary = one.session(Optional.of(Sessions.MIN_TIME_TO_LIVE));
        var held = one.assistant.holds("Lost");
        Turn turn = one.start(temporary, "Hi");
        held.said.await();

        world.instance().sessions.delete(ANN, temporary.id());

        held.interrupted.await();
        await(() -> one.runner.running() == 0);
        assertThatThrownBy(() -> one.follow(turn.id(), 0)).isInstanceOf(TurnNotFound.class);
    }

    @Test
    void a_truncation_that_keeps_the_prompt_does_not_end_the_turn() throws InterruptedException {
        var held = one.assistant.holds("Done");
        Turn turn = one.start(session, "Hi");
        held.said.await();

        one.messages.truncate(ANN, session.conversationId(), turn.promptId(), NONE);
        held.goOn();

        assertThat(one.finished(turn).state()).isEqualTo(new Completed());
    }

    private static List<String> kinds(List<TurnEvent> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
