package dev.confab.adapter.persistence.contract.clause.session;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionException;
import dev.confab.domain.session.ToolCallAlreadyAnswered;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnFinished;
import dev.confab.domain.session.TurnState;
import dev.confab.domain.session.TurnSuperseded;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** S19: a turn ends once, and nothing is recorded for a turn that is finished or in another step. */
public abstract class FenceContract extends ContractTest {
    private static final int ROUNDS = 12;
    private static final Approval YES = new Approval(true, Optional.empty());
    private static final Approval NO = new Approval(false, Optional.of("no"));

    @Test
    void exactly_one_of_concurrent_ends_of_a_turn_succeeds_S19() {
        Session session = beginSession();
        for (int round = 0; round < ROUNDS; round++) {
            raceToEnd(db(), session);
        }
    }

    @Test
    void exactly_one_of_concurrent_ends_through_two_instances_succeeds_S19() {
        Session session = beginSession();
        StoreUnderTest other = opened(db().another());
        for (int round = 0; round < ROUNDS; round++) {
            raceToEnd(other, session);
        }
    }

    @Test
    void an_instance_cannot_continue_a_turn_that_another_instance_ended_S19() {
        Session session = beginSession();
        StoreUnderTest other = opened(db().another());
        Turn turn = startTurn(session);
        renew(db(), turn);

        Turn ended = cancelSaying(other, turn);

        assertFinished(() -> complete(db(), turn));
        assertFinished(() -> renew(db(), turn));
        assertThat(findTurn(turn)).contains(ended);
    }

    private void raceToEnd(StoreUnderTest other, Session session) {
        Turn turn = startTurn(session);
        ConversationId id = turn.conversationId();
        int before = messages(id).size();
        List<Supplier<Turn>> racers = List.of(() -> complete(db(), turn), () -> cancelSaying(other, turn),
                () -> fail(db(), turn), () -> other.store().transact(id, SessionTransactions.cancel(turn.id(), now())),
                () -> renew(other, turn), () -> renew(db(), turn));

        List<Optional<Turn>> all = TestThreads.run(racers.size(), thread -> landed(racers.get(thread)));

        Turn ended = findTurn(turn).orElseThrow();
        assertThat(all.stream().flatMap(Optional::stream).filter(Turn::isFinished)).containsExactly(ended);
        assertThat(ended.step()).isEqualTo(2);
        assertThat(messages(id)).hasSize(before + (ended.replyId().isPresent() ? 1 : 0));
        ended.replyId().ifPresent(reply -> assertThat(messages(id).getLast().id()).isEqualTo(reply));
    }

    @Test
    void an_approval_concurrent_with_a_cancellation_comes_before_it_or_is_rejected_S19() {
        Session session = beginSession();
        for (int round = 0; round < ROUNDS; round++) {
            Turn turn = awaiting(session);
            List<Optional<Turn>> all = TestThreads.run(2,
                    thread -> landed(thread == 0 ? () -> answer(db(), turn, "call", YES) : () -> cancel(turn)));

            Turn ended = findTurn(turn).orElseThrow();
            assertThat(ended.state()).isEqualTo(new TurnState.Cancelled());
            assertThat(all.getLast()).contains(ended);
            assertThat(ended.calls().getFirst().approval()).isEqualTo(all.getFirst().map(answered -> YES));
            assertThat(ended.step()).isEqualTo(all.getFirst().isPresent() ? 4 : 3);
        }
    }

    @Test
    void only_one_of_two_concurrent_approvals_of_a_call_is_recorded_S19() {
        Session session = beginSession();
        StoreUnderTest other = opened(db().another());
        for (int round = 0; round < ROUNDS; round++) {
            Turn turn = awaiting(session);
            List<Optional<Turn>> all = TestThreads.run(2, thread -> landed(
                    () -> thread == 0 ? answer(db(), turn, "call", YES) : answer(other, turn, "call", NO)));

            assertThat(all).filteredOn(Optional::isPresent).hasSize(1);
            Turn answered = activity(turn.conversationId()).turn(turn.id());
            assertThat(all).contains(Optional.of(answered));
            assertThat(answered.calls().getFirst().approval()).contains(all.getFirst().isPresent() ? YES : NO);
            assertThat(answered.state()).isInstanceOf(TurnState.Running.class);
            cancel(turn);
        }
    }

    @Test
    void the_last_of_two_concurrent_approvals_lets_the_turn_continue_S19() {
        Session session = beginSession();
        for (int round = 0; round < ROUNDS; round++) {
            Turn turn = askApproval(startTurn(session), lease(), "one", "two");
            List<Turn> all = TestThreads.run(2, thread -> answer(db(), turn, thread == 0 ? "one" : "two", NO));

            Turn answered = activity(turn.conversationId()).turn(turn.id());
            assertThat(all).contains(answered).filteredOn(each -> each.state() instanceof TurnState.Running).hasSize(1);
            assertThat(answered.calls()).allMatch(call -> call.approval().equals(Optional.of(NO)));
            assertThat(answered.step()).isEqualTo(4);
            cancel(turn);
        }
    }

    @Test
    void repeating_an_approval_records_nothing_and_a_different_one_is_rejected_S19() {
        Turn turn = awaiting(beginSession());
        Turn answered = answer(db(), turn, "call", YES);

        assertThat(answer(db(), turn, "call", YES)).isEqualTo(answered);
        assertThatThrownBy(() -> answer(db(), turn, "call", NO)).isInstanceOf(ToolCallAlreadyAnswered.class);
        Turn ended = cancel(turn);
        assertThat(answer(db(), turn, "call", YES)).isEqualTo(ended);
        assertThat(findTurn(turn)).contains(ended);
    }

    @Test
    void nothing_is_recorded_for_a_finished_turn_S19() {
        Turn turn = startTurn(beginSession());
        StoreUnderTest other = hasWrittenFor(turn);
        Turn ended = cancel(turn);

        for (StoreUnderTest db : List.of(db(), other)) {
            assertFinished(() -> complete(db, turn));
            assertFinished(() -> cancelSaying(db, turn));
            assertFinished(() -> fail(db, turn));
            assertFinished(() -> renew(db, turn));
            assertFinished(() -> ask(db, turn));
        }
        assertUnchanged(ended, 1);
        db().crash();
        assertFinished(() -> complete(db(), turn));
        assertUnchanged(ended, 1);
    }

    @Test
    void nothing_is_recorded_for_a_turn_in_another_step_S19() {
        Turn turn = startTurn(beginSession());
        StoreUnderTest other = hasWrittenFor(turn);
        Turn goneOn = ask(db(), turn);

        for (StoreUnderTest db : List.of(db(), other)) {
            for (Supplier<Turn> late : List.<Supplier<Turn>>of(() -> complete(db, turn), () -> fail(db, turn),
                    () -> renew(db, turn), () -> ask(db, turn))) {
                assertThatThrownBy(late::get).isInstanceOf(TurnSuperseded.class);
            }
        }
        assertUnchanged(goneOn, 1);
        assertThat(complete(db(), goneOn).state()).isEqualTo(new TurnState.Completed());
    }

    @Test
    void a_change_decided_on_an_earlier_state_of_the_turn_is_rejected_S19() {
        Turn turn = startTurn(beginSession());
        TurnChanged renewed = turn.renew(1, lease(), "late", now());
        TurnChanged failed = turn.fail(TurnFailure.LEASE_EXPIRED, now());
        Turn goneOn = ask(db(), turn);
        assertRefused(failed, goneOn);
        assertRefused(renewed, goneOn);

        Turn ended = cancel(goneOn);
        assertRefused(renewed, ended);
        assertRefused(failed, ended);
    }

    /** Checks that no event of the transaction is recorded. */
    private void assertRefused(TurnChanged late, Turn now) {
        assertThatIllegalArgumentException().isThrownBy(() -> store().transact(late.conversationId(), tx -> {
            tx.record(tx.conversation().append(draft("too late"), now()));
            tx.record(late);
            return true;
        }));
        assertUnchanged(now, 1);
    }

    private void assertFinished(ThrowingCallable use) {
        assertThatThrownBy(use).isInstanceOf(TurnFinished.class);
    }

    private void assertUnchanged(Turn turn, int messages) {
        assertThat(findTurn(turn)).contains(turn);
        assertThat(messages(turn.conversationId())).hasSize(messages);
    }

    /** Another instance that has written for the turn in its first step, and may remember that. */
    private StoreUnderTest hasWrittenFor(Turn turn) {
        StoreUnderTest other = opened(db().another());
        assertThat(renew(other, turn).step()).isEqualTo(1);
        return other;
    }

    /** The result; empty if it was rejected. */
    private static Optional<Turn> landed(Supplier<Turn> racer) {
        try {
            return Optional.of(racer.get());
        } catch (SessionException refused) {
            return Optional.empty();
        }
    }

    private Turn awaiting(Session session) {
        return askApproval(startTurn(session), lease(), "call");
    }

    private static Turn ask(StoreUnderTest db, Turn turn) {
        return record(db, turn, t -> Optional.of(t.ask(turn.step(), List.of(SessionSamples.round(false, "free")),
                Optional.empty(), lease(), now())));
    }

    private static Turn answer(StoreUnderTest db, Turn turn, String callId, Approval answer) {
        return record(db, turn, t -> t.answer(callId, answer, lease(), now()));
    }

    private static Turn complete(StoreUnderTest db, Turn turn) {
        return db.store().transact(turn.conversationId(),
                SessionTransactions.complete(turn.id(), turn.step(), draft("a reply"), now()));
    }

    private static Turn cancelSaying(StoreUnderTest db, Turn turn) {
        var said = draft("what had been said");
        return db.store().transact(turn.conversationId(), SessionTransactions.turn(turn.id(),
                t -> Optional.of(t.cancel(Optional.of(said.id()), now())), List.of(said)));
    }

    private static Turn fail(StoreUnderTest db, Turn turn) {
        return record(db, turn, t -> Optional.of(t.fail(turn.step(), TurnFailure.LEASE_EXPIRED, now())));
    }

    private static Turn renew(StoreUnderTest db, Turn turn) {
        return record(db, turn, t -> Optional.of(t.renew(turn.step(), lease(), "renewed", now())));
    }

    private static Turn record(StoreUnderTest db, Turn turn, Function<Turn, Optional<TurnChanged>> decision) {
        return db.store().transact(turn.conversationId(), SessionTransactions.turn(turn.id(), decision));
    }
}
