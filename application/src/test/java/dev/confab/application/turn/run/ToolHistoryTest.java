package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.Messages.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.TurnEvents.TurnEvent.MessageCompleted;
import dev.confab.application.TurnEvents.TurnEvent.ToolCompleted;
import dev.confab.application.Turns.Start.Regeneration;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnState.Cancelled;
import dev.confab.domain.session.TurnState.Completed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tool calls and results of a turn become messages in the commit that ends it. */
@Timeout(60)
class ToolHistoryTest {
    private static final ToolRequest SEARCH = new ToolRequest("search", "{\"q\":1}");
    private static final ToolRequest TIME = new ToolRequest("time", "{}");
    private static final String TIME_RESULT = "time for ann: {}";

    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session session = one.session();

    @Test
    void a_completed_turn_leaves_its_calls_their_results_and_the_reply_in_order() {
        one.assistant.needs("Let me see. ", TIME, new ToolRequest("fly", "{\"to\":\"the \\\"moon\\\"\"}"));
        one.assistant.needs("", TIME);
        one.assistant.says("Noon.");

        Turn turn = one.finished(one.start(session, "Hi"));

        List<Message> messages = one.messages(session.conversationId());
        assertThat(messages).extracting(Message::role).containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.TOOL,
                Role.ASSISTANT, Role.TOOL, Role.ASSISTANT);
        assertThat(messages).extracting(Message::text).containsExactly("Hi", "Let me see. ", TIME_RESULT,
                "There is no tool fly.", "", TIME_RESULT, "Noon.");
        assertThat(messages).extracting(message -> message.data().orElse("")).containsExactly("",
                "{\"toolCalls\":[{\"id\":\"call-1\",\"name\":\"time\",\"arguments\":\"{}\"},{\"id\":\"call-2\","
                        + "\"name\":\"fly\",\"arguments\":\"{\\\"to\\\":\\\"the \\\\\\\"moon\\\\\\\"\\\"}\"}]}",
                "{\"toolResult\":{\"callId\":\"call-1\",\"name\":\"time\"}}",
                "{\"toolResult\":{\"callId\":\"call-2\",\"name\":\"fly\"}}",
                "{\"toolCalls\":[{\"id\":\"call-3\",\"name\":\"time\",\"arguments\":\"{}\"}]}",
                "{\"toolResult\":{\"callId\":\"call-3\",\"name\":\"time\"}}", "");
        assertThat(messages.subList(1, 7)).extracting(Message::id).containsExactlyElementsOf(turn.messageIds());
        assertThat(turn.replyId()).contains(messages.getLast().id()).contains(turn.id().replyId());
    }

    @Test
    void the_next_turn_is_told_of_them() {
        one.assistant.needs("Let me see. ", TIME);
        one.assistant.says("Noon.");
        one.finished(one.start(session, "Hi"));

        one.finished(one.start(session, "And now?"));

        assertThat(one.assistant.questions.getLast().messages())
                .startsWith(one.messages(session.conversationId()).subList(0, 4).toArray(Message[]::new)).hasSize(5);
    }

    @Test
    void a_regeneration_removes_them_with_the_reply() {
        one.assistant.needs("Let me see. ", TIME);
        one.assistant.says("Noon.");
        one.finished(one.start(session, "Hi"));
        one.assistant.says("Later.");

        one.finished(one.turns.start(ANN, session.id(), new Regeneration(new RequestedId.Unnamed())).value());

        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "Later.");
    }

    @Test
    void a_turn_cancelled_while_it_answers_keeps_its_rounds_and_the_text() throws InterruptedException {
        Turn turn = answering();

        Turn ended = one.turns.cancel(ANN, turn.id());

        assertKept(ended);
    }

    @Test
    void a_turn_cancelled_by_another_instance_keeps_what_the_last_renewal_stored() throws InterruptedException {
        Turn turn = answering();
        world.pass(Duration.ofSeconds(11));
        one.runner.renewLeases();
        await(() -> one.get(turn.id()).textSoFar().equals("Let me see. It is"));

        assertKept(world.instance().turns.cancel(ANN, turn.id()));
    }

    @Test
    void a_turn_whose_instance_was_killed_keeps_what_the_last_renewal_stored() throws InterruptedException {
        Turn turn = answering();
        world.pass(Duration.ofSeconds(11));
        one.runner.renewLeases();
        await(() -> one.get(turn.id()).textSoFar().equals("Let me see. It is"));
        world.pass(Duration.ofSeconds(31));

        Instance two = world.instance();
        assertThat(two.sessions.sweep()).isOne();

        assertThat(two.texts(session.conversationId())).containsExactly("Hi", "Let me see. ", TIME_RESULT, "It is");
    }

    @Test
    void without_a_renewal_only_the_text_of_the_unfinished_round_is_kept() throws InterruptedException {
        Turn turn = answering();

        Turn ended = world.instance().turns.cancel(ANN, turn.id());

        assertThat(ended.state()).isEqualTo(new Cancelled());
        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "Let me see. ");
        assertThat(one.messages(session.conversationId()).getLast())
                .returns(ended.replyId().orElseThrow(), Message::id).returns(Optional.empty(), Message::data);
    }

    @Test
    void calls_that_wait_for_an_approval_leave_no_messages() {
        one.assistant.needs("First. ", TIME);
        one.assistant.needs("May I?", SEARCH, TIME);
        Turn asked = one.awaited(one.start(session, "Hi"), "awaiting-approval");

        one.turns.cancel(ANN, asked.id());

        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "First. ", TIME_RESULT, "May I?");
    }

    @Test
    void a_turn_that_is_cleared_away_leaves_nothing() throws InterruptedException {
        Turn turn = answering();

        one.sessions.clear(ANN, session.id());

        assertThat(one.finished(turn).state()).isEqualTo(new Cancelled());
        assertThat(one.texts(session.conversationId())).isEmpty();
    }

    @Test
    void readers_everywhere_get_the_results_and_the_messages_of_the_assistant() throws InterruptedException {
        one.assistant.needs("One. ", TIME, TIME);
        one.assistant.needs("Two. ", SEARCH);
        one.assistant.says("Three.");
        Turn turn = one.awaited(one.start(session, "Hi"), "awaiting-approval");
        one.turns.answer(ANN, turn.id(), "call-3", new Approval(true, Optional.empty()));
        assertThat(one.finished(turn).state()).isEqualTo(new Completed());

        List<TurnEvent> live = one.follow(turn.id(), 0);
        List<TurnEvent> elsewhere = world.instance().follow(turn.id(), 0);

        assertThat(live).filteredOn(ToolCompleted.class::isInstance)
                .extracting(event -> ((ToolCompleted) event).callId())
                .containsExactly("call-1", "call-2", "call-3");
        assertThat(live).filteredOn(MessageCompleted.class::isInstance)
                .extracting(event -> ((MessageCompleted) event).message().text())
                .containsExactly("One. ", "Two. ", "Three.");
        assertThat(results(elsewhere)).isEqualTo(results(live));
        for (TurnEvent event : live) {
            assertThat(one.follow(turn.id(), event.id())).isEqualTo(live.subList(live.indexOf(event) + 1, live.size()));
        }
    }

    @Test
    void results_that_another_instance_has_not_committed_come_there_at_the_end() throws InterruptedException {
        Turn turn = answering();
        Instance two = world.instance();
        assertThat(two.events.after(ANN, turn.id(), 0).events()).hasSize(1);

        one.turns.cancel(ANN, turn.id());

        assertThat(results(two.follow(turn.id(), 0))).isEqualTo(results(one.follow(turn.id(), 0))).hasSize(3);
    }

    @Test
    void a_message_that_takes_the_id_of_one_of_them_does_not_keep_the_turn_from_ending() throws InterruptedException {
        Turn turn = answering();
        for (String name : List.of("round-1", "result-call-1")) {
            one.messages.append(ANN, session.conversationId(),
                    new NewMessage(new RequestedId.Given(turn.id().messageId(name, 1).value()), Role.USER, "mine",
                            Optional.empty(), Metadata.EMPTY),
                    new Precondition.None());
        }

        one.turns.cancel(ANN, turn.id());

        assertThat(one.texts(session.conversationId())).containsExactly("Hi", "mine", "mine", "Let me see. ",
                TIME_RESULT, "It is");
    }

    /** A turn that has called a tool and is in the middle of its answer. */
    private Turn answering() throws InterruptedException {
        one.assistant.needs("Let me see. ", TIME);
        var held = one.assistant.holds("It is");
        Turn turn = one.start(session, "Hi");
        held.said.await();
        return turn;
    }

    private void assertKept(Turn ended) {
        assertThat(ended.state()).isEqualTo(new Cancelled());
        List<Message> messages = one.messages(session.conversationId());
        assertThat(messages).extracting(Message::text).containsExactly("Hi", "Let me see. ", TIME_RESULT, "It is");
        assertThat(messages).extracting(Message::incomplete).containsExactly(Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of(IncompleteReason.CANCELLED));
        assertThat(messages.subList(1, 4)).extracting(Message::id).containsExactlyElementsOf(ended.messageIds());
    }

    private static List<TurnEvent> results(List<TurnEvent> events) {
        return events.stream().filter(event -> event instanceof ToolCompleted || event instanceof MessageCompleted)
                .toList();
    }
}
