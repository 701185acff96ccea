package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.TurnEvents.TurnEvent.ApprovalRequired;
import dev.confab.application.turn.answer.TurnFailures;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolCallAlreadyAnswered;
import dev.confab.domain.session.ToolCallNotFound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFinished;
import dev.confab.domain.session.TurnState.Completed;
import dev.confab.domain.session.TurnState.Failed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ToolsTest {
    private static final ToolRequest SEARCH = new ToolRequest("search", "{\"q\":1}");
    private static final ToolRequest TIME = new ToolRequest("time", "{}");
    private static final Approval YES = new Approval(true, Optional.empty());
    private static final Approval NO = new Approval(false, Optional.of("private"));

    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session session = one.session();

    @Test
    void a_tool_that_needs_no_approval_is_called_at_once() {
        one.assistant.needs("Let me see. ", TIME);
        one.assistant.says("Noon.");

        Turn turn = one.finished(one.start(session, "What time is it?"));

        assertThat(turn.state()).isEqualTo(new Completed());
        assertThat(results(one)).containsExactly("time for ann: {}");
        assertThat(one.texts(session.conversationId())).containsExactly("What time is it?", "Let me see. ",
                "time for ann: {}", "Noon.");
        assertThat(turn.calls()).extracting(ToolCall::id, ToolCall::tool, ToolCall::result)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("call-1", "time", Optional.empty()));
    }

    @Test
    void a_missing_or_failing_tool_is_reported_without_internal_details() {
        one.assistant.needs("", new ToolRequest("fly", "{}"), new ToolRequest("broken", "{}"));

        one.finished(one.start(session, "Hi"));

        assertThat(results(one)).containsExactly("There is no tool fly.", "The tool failed.");
    }

    @Test
    void a_tool_that_needs_approval_waits_for_it_and_then_the_turn_goes_on() throws InterruptedException {
        one.assistant.needs("May I? ", SEARCH, TIME);
        one.assistant.says("Found.");
        Turn asked = one.awaited(one.start(session, "Find"), "awaiting-approval");

        one.turns.answer(ANN, asked.id(), "call-1", YES);
        Turn turn = one.finished(asked);

        assertThat(results(one)).containsExactly("search for ann: {\"q\":1}", "time for ann: {}");
        assertThat(one.texts(session.conversationId())).containsExactly("Find", "May I? ",
                "search for ann: {\"q\":1}", "time for ann: {}", "Found.");
        assertThat(kinds(one.follow(turn.id(), 0))).containsExactly("Started", "Delta", "ApprovalRequired",
                "ToolCompleted", "ToolCompleted", "Delta", "MessageCompleted", "MessageCompleted", "Ended");
    }

    @Test
    void a_refused_call_is_not_made_and_the_assistant_gets_the_reason() {
        one.assistant.needs("", SEARCH);
        Turn asked = one.awaited(one.start(session, "Find"), "awaiting-approval");

        one.turns.answer(ANN, asked.id(), "call-1", NO);
        one.finished(asked);

        assertThat(results(one)).containsExactly("Refused by the user. Reason: private");
    }

    @Test
    void the_first_answer_counts_also_after_the_end() {
        one.assistant.needs("", SEARCH, SEARCH);
        Turn asked = one.awaited(one.start(session, "Find"), "awaiting-approval");
        one.turns.answer(ANN, asked.id(), "call-1", YES);

        assertThat(one.turns.answer(ANN, asked.id(), "call-1", YES).state().label()).isEqualTo("awaiting-approval");
        assertThatThrownBy(() -> one.turns.answer(ANN, asked.id(), "call-1", NO))
                .isInstanceOf(ToolCallAlreadyAnswered.class);
        assertThatThrownBy(() -> one.turns.answer(ANN, asked.id(), "call-3", YES)).isInstanceOf(ToolCallNotFound.class);
        one.turns.cancel(ANN, asked.id());
        assertThatThrownBy(() -> one.turns.answer(ANN, asked.id(), "call-2", YES)).isInstanceOf(TurnFinished.class);
        assertThat(one.turns.answer(ANN, asked.id(), "call-1", YES).isFinished()).isTrue();
    }

    @Test
    void an_answer_given_to_another_instance_makes_the_turn_go_on_there() throws InterruptedException {
        Instance two = world.instance();
        one.assistant.needs("May I? ", SEARCH, SEARCH);
        Turn asked = one.awaited(one.start(session, "Find"), "awaiting-approval");
        one.turns.answer(ANN, asked.id(), "call-1", YES);
        two.assistant.says("Found.");

        two.turns.answer(ANN, asked.id(), "call-2", NO);
        Turn turn = two.finished(asked);

        assertThat(turn.state()).isEqualTo(new Completed());
        assertThat(two.texts(session.conversationId())).containsExactly("Find", "May I? ", "search for ann: {\"q\":1}",
                "Refused by the user. Reason: private", "Found.");
        assertThat(kinds(one.follow(turn.id(), 0))).containsExactly("Started", "Delta", "ApprovalRequired",
                "ToolCompleted", "ToolCompleted", "MessageCompleted", "MessageCompleted", "Ended");
        assertThat(kinds(two.follow(turn.id(), 0))).containsExactly("Started", "ApprovalRequired", "ToolCompleted",
                "ToolCompleted", "Delta", "MessageCompleted", "MessageCompleted", "Ended");
        assertThat(withoutDeltas(two.follow(turn.id(), 0))).isEqualTo(withoutDeltas(one.follow(turn.id(), 0)));
    }

    @Test
    void an_approval_that_arrives_before_the_asking_run_has_finished_starts_a_run_that_stays() throws Exception {
        var mayAsk = new CountDownLatch(1);
        one.assistant.then((question, sink) -> {
            sink.accept("May I? ");
            mayAsk.await();
            return new AssistantReply.NeedsTools(List.of(SEARCH), Optional.empty());
        });
        var held = one.assistant.holds("Found");
        Turn turn = one.start(session, "Find");
        var asking = new CompletableFuture<Thread>();
        one.afterCommit.set(() -> {
            one.turns.answer(ANN, turn.id(), "call-1", YES);
            asking.complete(Thread.currentThread());
        });

        mayAsk.countDown();
        asking.get().join();
        held.said.await();

        assertThat(one.runner.running()).isOne();
        one.turns.cancel(ANN, turn.id());
        held.interrupted.await();
        assertThat(one.texts(session.conversationId())).endsWith("May I? ", "search for ann: {\"q\":1}", "Found");
    }

    @Test
    void a_turn_with_many_approvals_has_the_same_event_ids_from_the_log_and_from_the_committed_turn() throws Exception {
        one.assistant.needs("a", TIME);
        one.assistant.needs("b", SEARCH, TIME, SEARCH);
        one.assistant.needs("c", SEARCH);
        one.assistant.says("d");
        Turn turn = one.awaited(one.start(session, "Hi"), "awaiting-approval");
        one.turns.answer(ANN, turn.id(), "call-2", YES);
        one.turns.answer(ANN, turn.id(), "call-4", NO);
        one.awaited(turn, "awaiting-approval");
        one.turns.answer(ANN, turn.id(), "call-5", YES);
        one.finished(turn);

        List<Long> fromLog = withoutDeltas(one.follow(turn.id(), 0));

        assertThat(fromLog).hasSize(13).isSorted().isEqualTo(withoutDeltas(world.instance().follow(turn.id(), 0)));
    }

    @Test
    void a_turn_cancelled_while_it_waits_for_an_approval_stores_the_partial_answer() throws InterruptedException {
        one.assistant.needs("May I?", SEARCH);
        Turn asked = one.awaited(one.start(session, "Find"), "awaiting-approval");
        assertThat(one.events.after(ANN, asked.id(), 0).events().getLast()).isInstanceOf(ApprovalRequired.class);

        world.instance().turns.cancel(ANN, asked.id());

        assertThat(one.texts(session.conversationId())).containsExactly("Find", "May I?");
        assertThat(kinds(one.follow(asked.id(), 0))).containsExactly("Started", "Delta", "ApprovalRequired",
                "MessageCompleted", "Ended");
    }

    @Test
    void an_assistant_that_asks_for_ever_is_ended() {
        for (int i = 0; i <= Turn.MAX_ROUNDS; i++) {
            one.assistant.needs("", TIME);
        }

        Turn turn = one.finished(one.start(session, "Hi"));

        assertThat(turn.state()).isEqualTo(new Failed(TurnFailures.TOO_MANY_ROUNDS));
        assertThat(turn.rounds()).hasSize(Turn.MAX_ROUNDS);
    }

    @Test
    void a_request_that_cannot_be_a_call_fails_the_turn() {
        one.assistant.needs("", new ToolRequest("time", "x".repeat(ToolCall.MAX_ARGUMENTS_BYTES + 1)));

        assertThat(one.finished(one.start(session, "Hi")).state()).isEqualTo(new Failed(TurnFailures.IMPOSSIBLE_CALL));
    }

    private static List<String> results(Instance instance) {
        return instance.assistant.questions.getLast().rounds().getLast().calls().stream()
                .map(call -> call.result().orElseThrow()).toList();
    }

    private static List<String> kinds(List<TurnEvent> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    private static List<Long> withoutDeltas(List<TurnEvent> events) {
        return events.stream().filter(event -> !(event instanceof TurnEvent.Delta)).map(TurnEvent::id).toList();
    }
}
