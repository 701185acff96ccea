package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.RequestedId;
import dev.confab.application.Sessions;
import dev.confab.application.Turns.Start.Regeneration;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.port.AssistantFailed;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnState.Completed;
import dev.confab.domain.session.TurnState.Failed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** However a turn ends, what was said becomes a message that says why it is incomplete. */
class IncompleteAnswersTest {
    private static final TurnFailure BROKE_OFF = new TurnFailure("assistant-broke-off", "It broke off.");

    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session session = one.session();

    @Test
    void an_assistant_that_breaks_off() throws InterruptedException {
        one.assistant.then((question, sink) -> {
            sink.accept("I think");
            throw new AssistantFailed(BROKE_OFF);
        });

        Turn turn = one.finished(one.start(session, "Hi"));

        assertThat(turn.state()).isEqualTo(new Failed(BROKE_OFF));
        assertKept(turn, "I think", "assistant-broke-off");
        assertThat(one.follow(turn.id(), 0)).extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Started", "Delta", "MessageCompleted", "Ended");
    }

    @Test
    void an_assistant_that_breaks_off_after_a_round_of_tools() {
        one.assistant.needs("Let me see. ", new ToolRequest("time", "{}"));
        one.assistant.then((question, sink) -> {
            sink.accept("It is");
            throw new AssistantFailed(BROKE_OFF);
        });

        Turn ended = one.finished(one.start(session, "Hi"));

        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "Let me see. ", "time for ann: {}",
                "It is");
        assertThat(one.messages(session.conversationId()).getLast())
                .returns(ended.replyId().orElseThrow(), Message::id)
                .returns(Optional.of(new IncompleteReason("assistant-broke-off")), Message::incomplete);
    }

    @Test
    void an_assistant_that_breaks_off_before_the_first_word_leaves_no_message() {
        one.assistant.then((question, sink) -> {
            throw new AssistantFailed(BROKE_OFF);
        });

        assertThat(one.finished(one.start(session, "Hi")).replyId()).isEmpty();
        assertThat(one.texts(session.conversationId())).containsExactly("Hi");
    }

    @Test
    void an_unexpected_error() {
        one.assistant.then((question, sink) -> {
            sink.accept("I think");
            throw new StackOverflowError();
        });

        assertKept(one.finished(one.start(session, "Hi")), "I think", "assistant-failed");
    }

    @Test
    void an_answer_longer_than_a_message() {
        String half = "x".repeat(512 * 1024);
        one.assistant.says(half, half, "too long");

        assertKept(one.finished(one.start(session, "Hi")), half + half, "reply-too-long");
    }

    @Test
    void an_answer_cut_at_the_models_limit_completes_the_turn() {
        one.assistant.then((question, sink) -> {
            sink.accept("And then");
            return new AssistantReply.Incomplete(IncompleteReason.LENGTH, Optional.empty());
        });

        Turn turn = one.finished(one.start(session, "Hi"));

        assertThat(turn.state()).isEqualTo(new Completed());
        assertKept(turn, "And then", "length");
    }

    @Test
    void an_instance_that_is_stopped() throws InterruptedException {
        Turn turn = held("So far");

        one.runner.close();

        assertKept(turn, "So far", "instance-stopped");
    }

    @Test
    void a_killed_instance_leaves_the_text_of_its_last_renewal() throws InterruptedException {
        Turn turn = held("So far");
        world.pass(Duration.ofSeconds(11));
        one.runner.renewLeases();
        await(() -> one.get(turn.id()).textSoFar().equals("So far"));
        world.pass(Duration.ofSeconds(30));

        Instance two = world.instance();
        assertThat(two.sessions.sweep()).isOne();

        assertKept(two.get(turn.id()), "So far", "lease-expired");
    }

    @Test
    void the_next_server_on_the_same_files_need_not_wait_for_the_lease() throws InterruptedException {
        Turn turn = held("So far");
        world.pass(Duration.ofSeconds(11));
        one.runner.renewLeases();
        await(() -> one.get(turn.id()).textSoFar().equals("So far"));

        Instance next = world.instance();
        assertThat(next.sessions.sweep()).isZero();
        assertThat(next.sessions.failOrphanedTurns()).isOne();

        assertKept(turn, "So far", "instance-crashed");
        assertThat(next.sessions.failOrphanedTurns()).isZero();
    }

    @Test
    void the_partial_answer_of_a_killed_instance_comes_before_the_next_prompt() throws InterruptedException {
        Turn turn = held("So far");
        world.pass(Duration.ofSeconds(11));
        one.runner.renewLeases();
        await(() -> one.get(turn.id()).textSoFar().equals("So far"));
        world.pass(Duration.ofSeconds(30));

        Instance two = world.instance();
        two.assistant.says("Here");
        two.finished(two.start(session, "Anyone?"));

        assertThat(two.texts(session.conversationId())).containsExactly("Hi", "So far", "Anyone?", "Here");
        two.assistant.says("Here again");
        two.finished(two.turns.start(ANN, session.id(), new Regeneration(new RequestedId.Unnamed())).value());
        assertThat(two.texts(session.conversationId())).containsExactly("Hi", "So far", "Anyone?", "Here again");
    }

    @Test
    void a_cancel() throws InterruptedException {
        Turn turn = held("So far");

        assertKept(one.turns.cancel(ANN, turn.id()), "So far", "cancelled");
    }

    @Test
    void a_session_that_is_deleted() throws InterruptedException {
        Turn turn = held("So far");

        one.sessions.delete(ANN, session.id());

        assertKept(turn, "So far", "cancelled");
    }

    @Test
    void a_session_that_expires() throws InterruptedException {
        Session temporary = one.sessions.create(ANN, new Sessions.Creation(new RequestedId.Unnamed(),
                Optional.of(session.conversationId()), Optional.of(Sessions.MIN_TIME_TO_LIVE), Session.Settings.NONE))
                .value().session();
        var held = one.assistant.holds("So far");
        Turn turn = one.start(temporary, "Hi");
        held.said.await();
        world.pass(Sessions.MIN_TIME_TO_LIVE);

        assertThat(one.sessions.sweep()).isOne();

        assertKept(turn, "So far", "cancelled");
    }

    @Test
    void a_conversation_that_is_moved_to_the_bin() throws InterruptedException {
        Turn turn = held("So far");

        one.conversations.delete(ANN, session.conversationId(), new Precondition.None());
        one.conversations.restore(ANN, session.conversationId());

        assertKept(turn, "So far", "cancelled");
    }

    private Turn held(String text) throws InterruptedException {
        var held = one.assistant.holds(text);
        Turn turn = one.start(session, "Hi");
        held.said.await();
        return turn;
    }

    private void assertKept(Turn turn, String text, String reason) {
        List<Message> messages = one.messages(session.conversationId());
        assertThat(messages).hasSize(2);
        assertThat(messages.getLast()).returns(text, Message::text)
                .returns(Optional.of(new IncompleteReason(reason)), Message::incomplete);
        Turn ended = one.store.activity(session.conversationId(), world.now).turn(turn.id());
        assertThat(ended.replyId()).contains(messages.getLast().id());
    }
}
