package dev.confab.domain.session;

import static dev.confab.domain.session.Samples.DIGEST;
import static dev.confab.domain.session.Samples.LEASE;
import static dev.confab.domain.session.Samples.NOW;
import static dev.confab.domain.session.Samples.PROMPT;
import static dev.confab.domain.session.Samples.REPLY;
import static dev.confab.domain.session.Samples.round;
import static dev.confab.domain.session.Samples.session;
import static dev.confab.domain.session.Samples.turn;
import static dev.confab.domain.session.Samples.turnId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.TurnState.AwaitingApproval;
import dev.confab.domain.session.TurnState.Cancelled;
import dev.confab.domain.session.TurnState.Completed;
import dev.confab.domain.session.TurnState.Failed;
import dev.confab.domain.session.TurnState.Running;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TurnTest {
    private static final Approval YES = new Approval(true, Optional.empty());
    private static final Approval NO = new Approval(false, Optional.of("no"));
    private static final TurnFailure FAILURE = new TurnFailure("broken", "It broke.");
    private static final List<String> STATES = List.of("running", "awaiting-approval", "completed", "cancelled",
            "failed");

    /** What each decision comes to in each of {@link #STATES}: the next state, or the error that names why not. */
    private static final Map<String, List<String>> TABLE = new TreeMap<>(Map.ofEntries(
            Map.entry("renew", List.of("running", "TurnSuperseded", "TurnFinished", "TurnFinished", "TurnFinished")),
            Map.entry("ask free", List.of("running", "TurnSuperseded", "TurnFinished", "TurnFinished", "TurnFinished")),
            Map.entry("ask approval",
                    List.of("awaiting-approval", "TurnSuperseded", "TurnFinished", "TurnFinished", "TurnFinished")),
            Map.entry("answer the last call",
                    List.of("ToolCallNotFound", "running", "ToolCallNotFound", "TurnFinished", "TurnFinished")),
            Map.entry("answer one of two",
                    List.of("ToolCallNotFound", "awaiting-approval", "ToolCallNotFound", "ToolCallNotFound",
                            "ToolCallNotFound")),
            Map.entry("complete",
                    List.of("completed", "TurnSuperseded", "TurnFinished", "TurnFinished", "TurnFinished")),
            Map.entry("fail", List.of("failed", "TurnSuperseded", "TurnFinished", "TurnFinished", "TurnFinished")),
            Map.entry("fail from outside",
                    List.of("failed", "failed", "TurnFinished", "TurnFinished", "TurnFinished")),
            Map.entry("cancel",
                    List.of("cancelled", "cancelled", "TurnFinished", "TurnFinished", "TurnFinished"))));

    @TestFactory
    Stream<DynamicTest> each_decision_in_each_state_leads_to_the_next_state_or_to_a_named_error() {
        return TABLE.entrySet().stream().flatMap(row -> IntStream.range(0, STATES.size())
                .mapToObj(column -> DynamicTest.dynamicTest(row.getKey() + " when " + STATES.get(column),
                        () -> assertThat(outcome(row.getKey(), in(STATES.get(column), row.getKey())))
                                .isEqualTo(row.getValue().get(column)))));
    }

    private static String outcome(String decision, Turn before) {
        try {
            Turn after = decide(decision, before).turn();
            assertThat(before.leadsTo(after)).isTrue();
            assertThat(after.step()).isEqualTo(decision.equals("renew") ? before.step() : before.step() + 1);
            assertThat(after.finishedAt().isPresent()).isEqualTo(after.isFinished());
            return after.state().label();
        } catch (SessionException e) {
            return e.getClass().getSimpleName();
        }
    }

    private static TurnChanged decide(String decision, Turn turn) {
        int step = turn.step();
        return switch (decision) {
            case "renew" -> turn.renew(step, LEASE, "said", NOW);
            case "ask free" -> turn.ask(step, List.of(round(false, "free")), Optional.empty(), LEASE, NOW);
            case "ask approval" -> turn.ask(step, List.of(round(true, "new")), Optional.empty(), LEASE, NOW);
            case "answer the last call", "answer one of two" -> turn.answer("call", YES, LEASE, NOW).orElseThrow();
            case "complete" -> turn.complete(step, REPLY, turn.rounds(), Optional.empty(), NOW);
            case "fail" -> turn.fail(step, FAILURE, NOW);
            case "fail from outside" -> turn.fail(FAILURE, NOW);
            case "cancel" -> turn.cancel(Optional.empty(), NOW);
            default -> throw new IllegalArgumentException(decision);
        };
    }

    /** A turn in this state; where it can have a call that waits, it has one. */
    private static Turn in(String state, String decision) {
        Turn waiting = decision.equals("answer one of two") ? waiting("call", "other") : waiting("call");
        return switch (state) {
            case "running" -> turn(1);
            case "awaiting-approval" -> waiting;
            case "completed" -> turn(1).complete(1, REPLY, List.of(), Optional.empty(), NOW).turn();
            case "cancelled" -> decision.equals("answer one of two")
                    ? turn(1).cancel(Optional.empty(), NOW).turn()
                    : waiting.cancel(Optional.empty(), NOW).turn();
            case "failed" -> decision.equals("answer one of two")
                    ? turn(1).fail(FAILURE, NOW).turn()
                    : waiting.fail(FAILURE, NOW).turn();
            default -> throw new IllegalArgumentException(state);
        };
    }

    private static Turn waiting(String... callIds) {
        return turn(1).ask(1, List.of(round(true, callIds)), Optional.empty(), LEASE, NOW).turn();
    }

    @Test
    void the_table_of_states_is_the_one_that_is_written_down() {
        List<TurnState> all = List.of(new Running(LEASE, ""), new AwaitingApproval(), new Completed(), new Cancelled(),
                new Failed(FAILURE));
        List<String> allowed = all.stream().flatMap(from -> all.stream().filter(from::leadsTo)
                .map(to -> from.label() + " → " + to.label())).toList();

        assertThat(all).extracting(TurnState::label).isEqualTo(STATES);
        assertThat(allowed).containsExactly("running → running", "running → awaiting-approval", "running → completed",
                "running → cancelled", "running → failed", "awaiting-approval → running",
                "awaiting-approval → awaiting-approval", "awaiting-approval → cancelled", "awaiting-approval → failed");
        assertThat(all).filteredOn(TurnState::isFinished).extracting(TurnState::label).containsExactly("completed",
                "cancelled", "failed");
    }

    @Test
    void a_writer_in_another_step_is_refused() {
        Turn goneOn = turn(1).ask(1, List.of(round(false, "free")), Optional.empty(), LEASE, NOW).turn();

        for (int step : List.of(0, 1, 3)) {
            assertThatThrownBy(() -> goneOn.renew(step, LEASE, "", NOW)).isInstanceOf(TurnSuperseded.class);
            assertThatThrownBy(() -> goneOn.ask(step, goneOn.rounds(), Optional.empty(), LEASE, NOW))
                    .isInstanceOf(TurnSuperseded.class);
            assertThatThrownBy(() -> goneOn.complete(step, REPLY, List.of(), Optional.empty(), NOW))
                    .isInstanceOf(TurnSuperseded.class);
            assertThatThrownBy(() -> goneOn.fail(step, FAILURE, NOW)).isInstanceOf(TurnSuperseded.class);
        }
        assertThat(goneOn.fail(2, FAILURE, NOW).turn().step()).isEqualTo(3);
    }

    @Test
    void an_answer_counts_once() {
        Turn waiting = waiting("one", "two");
        Turn half = waiting.answer("one", NO, LEASE, NOW).orElseThrow().turn();

        assertThat(half.state()).isEqualTo(new AwaitingApproval());
        assertThat(half.answer("one", NO, LEASE, NOW)).isEmpty();
        assertThatThrownBy(() -> half.answer("one", YES, LEASE, NOW)).isInstanceOf(ToolCallAlreadyAnswered.class);
        Turn whole = half.answer("two", YES, LEASE.plusSeconds(1), NOW).orElseThrow().turn();
        assertThat(whole.state()).isEqualTo(new Running(LEASE.plusSeconds(1), ""));
        assertThat(whole.calls()).extracting(ToolCall::isApproved).containsExactly(false, true);
        assertThat(whole.step()).isEqualTo(4);
        Turn over = whole.cancel(Optional.empty(), NOW).turn();
        assertThat(over.answer("two", YES, LEASE, NOW)).isEmpty();
        assertThatThrownBy(() -> over.answer("two", NO, LEASE, NOW)).isInstanceOf(ToolCallAlreadyAnswered.class);
    }

    @Test
    void a_call_that_needs_no_approval_cannot_be_answered() {
        Turn turn = turn(1).ask(1, List.of(round(false, "free")), Optional.empty(), LEASE, NOW).turn();

        assertThatThrownBy(() -> turn.answer("free", YES, LEASE, NOW)).isInstanceOf(ToolCallNotFound.class);
    }

    @Test
    void it_has_the_id_of_its_reply_until_it_ends_without_one() {
        Turn asked = turn(1).ask(1, List.of(round(false, "free")), Optional.empty(), LEASE, NOW).turn();

        assertThat(turn(1).replyId()).contains(turn(1).id().replyId());
        assertThat(asked.renew(2, LEASE, "after", NOW).turn().replyId()).contains(turn(1).id().replyId());
        assertThat(asked.cancel(Optional.empty(), NOW).turn().replyId()).isEmpty();
        assertThat(asked.fail(TurnFailure.LEASE_EXPIRED, NOW).turn().replyId()).isEmpty();
    }

    @Test
    void the_text_so_far_is_that_of_the_rounds_and_of_the_current_step() {
        Turn turn = turn(1).ask(1, List.of(round(false, "free")), Optional.empty(), LEASE, NOW).turn();
        assertThat(turn.textSoFar()).isEqualTo("before ");
        Turn renewed = turn.renew(2, LEASE, "after", NOW).turn();
        assertThat(renewed.textSoFar()).isEqualTo("before after");
        assertThat(renewed.step()).isEqualTo(2);
        assertThat(renewed.cancel(Optional.empty(), NOW).turn().textSoFar()).isEmpty();
    }

    @Test
    void a_finished_turn_keeps_its_calls_and_answers_but_not_the_results() {
        ToolRound done = round(true, "call").map(call -> call.withResult("secret"));
        Turn waiting = waiting("call").answer("call", YES, LEASE, NOW).orElseThrow().turn();
        TokenUsage usage = new TokenUsage(1, 2);
        ToolRound answered = waiting.rounds().getFirst().map(call -> call.withResult("secret"));
        Turn completed = waiting.complete(3, REPLY, List.of(answered), Optional.of(usage), NOW.plusMillis(5)).turn();

        assertThat(done.calls().getFirst().result()).isPresent();
        assertThat(completed.calls()).containsExactly(
                new ToolCall("call", "tool", "{}", true, Optional.of(YES), Optional.empty()));
        assertThat(completed.rounds().getFirst().text()).isEmpty();
        assertThat(completed.replyId()).contains(REPLY);
        assertThat(completed.usage()).contains(usage);
        assertThat(completed.finishedAt()).contains(NOW.plusMillis(5));
    }

    @Test
    void it_never_ends_before_it_began() {
        assertThat(turn(1).cancel(Optional.empty(), NOW.minusSeconds(1)).turn().finishedAt()).contains(NOW);
    }

    @Test
    void a_lease_is_over_from_its_end_on_and_only_of_a_running_turn() {
        assertThat(turn(1).isLeaseOver(LEASE.minusMillis(1))).isFalse();
        assertThat(turn(1).isLeaseOver(LEASE)).isTrue();
        assertThat(waiting("call").isLeaseOver(Instant.ofEpochMilli(Long.MAX_VALUE / 2))).isFalse();
        assertThat(turn(1).cancel(Optional.empty(), NOW).turn().isLeaseOver(LEASE)).isFalse();
    }

    @Test
    void a_renewal_may_add_results_but_never_changes_one() {
        ToolRound asked = round(false, "a", "b");
        Turn turn = turn(1).ask(1, List.of(asked), Optional.empty(), LEASE, NOW).turn();
        List<ToolRound> first = List.of(asked.map(call -> call.id().equals("a") ? call.withResult("1") : call));
        List<ToolRound> both = List.of(asked.map(call -> call.withResult("1")));
        Turn renewed = turn.renew(2, LEASE, new TurnOutput(first, ""), NOW).turn();

        assertThat(turn.leadsTo(renewed)).isTrue();
        assertThat(renewed.leadsTo(renewed.renew(2, LEASE, new TurnOutput(both, "x"), NOW).turn())).isTrue();
        List<ToolRound> changed = List.of(asked.map(call -> call.withResult("2")));
        assertThat(renewed.leadsTo(renewed.renew(2, LEASE, new TurnOutput(changed, ""), NOW).turn())).isFalse();
        assertThat(renewed.leadsTo(renewed.renew(2, LEASE, new TurnOutput(List.of(asked), ""), NOW).turn())).isFalse();
        assertThat(renewed.leadsTo(renewed.renew(2, LEASE, new TurnOutput(List.of(), ""), NOW).turn())).isFalse();
    }

    @Test
    void one_turn_never_leads_to_another() {
        Turn turn = turn(1);
        Turn after = turn.cancel(Optional.empty(), NOW).turn();

        assertThat(turn(2).leadsTo(after)).isFalse();
        assertThat(turn.leadsTo(turn)).isTrue(); // a renewal of the same lease
        assertThat(after.leadsTo(after)).isFalse();
        Turn jumped = new Turn(after.id(), after.conversationId(), after.sessionId(), after.promptId(),
                after.replyId(), after.state(), 3, after.startedAt(), after.finishedAt(), after.rounds(),
                after.usage(), after.digest());
        assertThat(turn.leadsTo(jumped)).isFalse();
    }

    @Test
    void a_renewal_changes_nothing_but_the_lease_and_the_partial_text() {
        Turn renewed = turn(1).renew(1, LEASE.plusSeconds(9), "partial", NOW).turn();
        Turn charged = new Turn(renewed.id(), renewed.conversationId(), renewed.sessionId(), renewed.promptId(),
                renewed.replyId(), renewed.state(), renewed.step(), renewed.startedAt(), renewed.finishedAt(),
                renewed.rounds(), Optional.of(new TokenUsage(1, 1)), renewed.digest());

        assertThat(turn(1).leadsTo(renewed)).isTrue();
        assertThat(turn(1).leadsTo(charged)).isFalse();
    }

    @Test
    void a_turn_is_leased_until_exactly_the_end_of_its_lease_and_only_while_it_runs() {
        assertThat(turn(1).isLeasedUntil(LEASE)).isTrue();
        assertThat(turn(1).isLeasedUntil(LEASE.plusMillis(1))).isFalse();
        assertThat(turn(1).cancel(Optional.empty(), NOW).turn().isLeasedUntil(LEASE)).isFalse();
    }

    @Test
    void of_two_changes_decided_in_one_step_the_second_does_not_follow() {
        Turn one = turn(1).ask(1, List.of(round(false, "one")), Optional.empty(), LEASE, NOW).turn();
        Turn other = turn(1).ask(1, List.of(round(false, "other")), Optional.empty(), LEASE, NOW).turn();
        Turn waiting = waiting("call");

        assertThat(one.leadsTo(other)).isFalse();
        assertThat(waiting.leadsTo(one)).isFalse();
        assertThat(one.leadsTo(waiting)).isFalse();
        assertThat(one.leadsTo(one.renew(2, LEASE.plusSeconds(9), "said", NOW).turn())).isTrue();
    }

    @Test
    void the_run_of_a_turn_cannot_change_approvals() {
        Turn answered = waiting("call").answer("call", NO, LEASE, NOW).orElseThrow().turn();
        ToolRound refused = answered.rounds().getFirst();
        ToolRound more = round(true, "more");
        ToolRound approved = refused
                .map(call -> new ToolCall("call", "tool", "{}", true, Optional.of(YES), Optional.empty()));
        ToolRound other = refused
                .map(call -> new ToolCall("call", "tool", "{1}", true, Optional.of(NO), Optional.empty()));
        ToolRound answeredByItself = more.map(call -> call.withApproval(YES));

        assertThat(follows(answered, refused.map(call -> call.withResult("refused")), more)).isTrue();
        assertThat(follows(answered, approved, more)).isFalse();
        assertThat(follows(answered, other, more)).isFalse();
        assertThat(follows(answered, more)).isFalse();
        assertThat(follows(answered, refused, answeredByItself, round(false, "free"))).isFalse();
        assertThat(follows(answered, refused, answeredByItself)).isFalse();
        assertThat(completes(answered, refused)).isTrue();
        assertThat(completes(answered, approved)).isFalse();
        assertThat(completes(answered)).isFalse();
        assertThat(completes(answered, refused, round(false, "free"))).isFalse();
    }

    private static boolean follows(Turn turn, ToolRound... rounds) {
        return turn.leadsTo(turn.ask(turn.step(), List.of(rounds), Optional.empty(), LEASE, NOW).turn());
    }

    private static boolean completes(Turn turn, ToolRound... rounds) {
        return turn.leadsTo(turn.complete(turn.step(), REPLY, List.of(rounds), Optional.empty(), NOW).turn());
    }

    @Test
    void the_texts_of_all_rounds_are_one_message() {
        String half = "é".repeat(Message.MAX_TEXT_BYTES / 4);
        ToolRound said = new ToolRound(half, round(false, "call").calls());
        Turn asked = turn(1).ask(1, List.of(said), Optional.empty(), LEASE, NOW).turn();

        assertThat(asked.renew(2, LEASE, half, NOW).turn().textSoFar()).hasSize(Message.MAX_TEXT_BYTES / 2);
        assertThatThrownBy(() -> asked.renew(2, LEASE, half + "x", NOW)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> asked.ask(2, List.of(said, new ToolRound(half + "x", round(false, "more").calls())),
                Optional.empty(), LEASE, NOW)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void inconsistent_values_are_no_turn() {
        assertInvalid(new Completed(), Optional.empty(), 1, List.of());
        assertInvalid(new Running(LEASE, ""), Optional.of(NOW), 1, List.of());
        assertInvalid(new Running(LEASE, ""), Optional.empty(), 0, List.of());
        assertInvalid(new AwaitingApproval(), Optional.empty(), 2, List.of());
        assertInvalid(new AwaitingApproval(), Optional.empty(), 2, List.of(round(false, "free")));
        assertInvalid(new Running(LEASE, ""), Optional.empty(), 2, List.of(round(false, "a"), round(false, "a")));
        assertInvalid(new Running(LEASE, ""), Optional.empty(), 2,
                IntStream.rangeClosed(1, 9).mapToObj(n -> round(false, "call " + n)).toList());
    }

    private static void assertInvalid(TurnState state, Optional<Instant> finishedAt, int step, List<ToolRound> rounds) {
        UnaryOperator<Turn> make = turn -> new Turn(turnId(1), turn.conversationId(), session(1).id(), PROMPT,
                Optional.empty(), state, step, NOW, finishedAt, rounds, Optional.empty(), DIGEST);
        assertThatThrownBy(() -> make.apply(turn(1))).isInstanceOf(InvalidValue.class);
    }
}
