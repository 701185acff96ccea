package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.MADE;
import static dev.confab.application.turn.run.TurnWorld.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.Messages.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.application.TurnEvents.TurnEvent.Started;
import dev.confab.application.Turns.Start.Prompt;
import dev.confab.application.Turns.Start.Regeneration;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.AssistantFailed;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnIdReused;
import dev.confab.domain.session.TurnState.Completed;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The id of the reply is known from the start, and is the same however and wherever the turn ends. */
@Timeout(60)
class ReplyIdsTest {
    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session session = one.session();

    @Test
    void a_completed_turn_keeps_the_id_of_its_start() throws InterruptedException {
        one.assistant.says("Hello");
        Turn started = one.start(session, "Hi");

        assertKept(started, one.finished(started));
        assertThat(((Started) one.follow(started.id(), 0).getFirst()).turn().replyId()).isEqualTo(started.replyId());
    }

    @Test
    void a_turn_cancelled_by_its_own_instance_keeps_it() throws InterruptedException {
        Turn started = held();

        assertKept(started, one.turns.cancel(ANN, started.id()));
    }

    @Test
    void a_turn_that_another_instance_ends_keeps_it() throws InterruptedException {
        Turn started = held();
        world.pass(Duration.ofSeconds(11));
        one.runner.renewLeases();
        TurnWorld.await(() -> one.get(started.id()).textSoFar().equals("So far"));

        assertKept(started, world.instance().turns.cancel(ANN, started.id()));
    }

    @Test
    void a_turn_that_fails_keeps_it() {
        one.assistant.then((question, sink) -> {
            sink.accept("So far");
            throw new AssistantFailed(new TurnFailure("broke-off", "It broke off."));
        });
        Turn started = one.start(session, "Hi");

        assertKept(started, one.finished(started));
    }

    @Test
    void a_turn_whose_reply_would_have_the_id_of_another_message_is_refused() {
        TurnId id = new TurnId(((RequestedId.Given) given(1)).id());
        take(id.replyId());

        assertThatThrownBy(() -> one.turns.start(ANN, session.id(), new Prompt(given(1), MADE, "Hi")))
                .isInstanceOf(TurnIdReused.class).hasMessageContaining(id.replyId().toString());

        assertThat(one.texts(session.conversationId())).containsExactly("mine");
        assertThat(one.turns.list(ANN, session.conversationId())).isEmpty();
    }

    @Test
    void a_regeneration_may_replace_the_reply_of_a_turn_with_its_own_id_that_is_no_longer_known() {
        Turn first = one.finished(one.turns.start(ANN, session.id(), new Prompt(given(1), MADE, "Hi")).value());
        MessageId reply = first.replyId().orElseThrow();
        for (int i = 0; i < 20; i++) {
            one.finished(one.turns.start(ANN, session.id(), new Prompt(MADE, MADE, "More")).value());
        }
        one.messages.truncate(ANN, session.conversationId(), reply, new Precondition.None());

        Turn again = one.turns.start(ANN, session.id(), new Regeneration(given(1))).value();

        assertThat(one.finished(again).replyId()).contains(reply);
        assertThat(one.texts(session.conversationId())).hasSize(2);
    }

    @Test
    void a_message_that_takes_the_id_while_the_turn_runs_does_not_keep_it_from_ending() throws InterruptedException {
        var held = one.assistant.holds("Here");
        Turn started = one.start(session, "Hi");
        held.said.await();
        take(started.replyId().orElseThrow());
        take(started.id().messageId(TurnId.REPLY, 2));
        held.goOn(".");

        Turn ended = one.finished(started);

        assertThat(ended.state()).isEqualTo(new Completed());
        assertThat(ended.replyId()).contains(started.id().messageId(TurnId.REPLY, 3));
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "mine", "mine", "Here.");
    }

    @Test
    void a_message_that_takes_the_id_while_the_turn_runs_does_not_keep_it_from_being_cancelled()
            throws InterruptedException {
        Turn started = held();
        take(started.replyId().orElseThrow());

        assertThat(one.turns.cancel(ANN, started.id()).replyId()).contains(started.id().messageId(TurnId.REPLY, 2));
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "mine", "So far");
    }

    private Turn held() throws InterruptedException {
        var held = one.assistant.holds("So far");
        Turn turn = one.start(session, "Hi");
        held.said.await();
        return turn;
    }

    private void take(MessageId id) {
        one.messages.append(ANN, session.conversationId(), new NewMessage(new RequestedId.Given(id.value()), Role.USER,
                "mine", Optional.empty(), Metadata.EMPTY), new Precondition.None());
    }

    private void assertKept(Turn started, Turn ended) {
        assertThat(started.replyId()).contains(started.id().replyId());
        assertThat(ended.replyId()).isEqualTo(started.replyId());
        assertThat(one.messages(session.conversationId())).extracting(Message::id)
                .containsExactly(started.promptId(), started.id().replyId());
    }
}
