package dev.confab.adapter.persistence.contract.clause.session;

import static dev.confab.adapter.persistence.contract.sample.SessionSamples.newTurnId;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFinished;
import dev.confab.domain.session.TurnState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S18: a start that interrupts ends the unfinished turn and begins its own in one commit. */
public abstract class InterruptionsContract extends ContractTest {
    private static final int ROUNDS = 8;

    @Test
    void of_concurrent_starts_that_interrupt_each_ends_the_one_before_and_the_last_stays_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        StoreUnderTest other = opened(db().another());

        List<Turn> begun = TestThreads.run(ROUNDS, thread -> interrupt(thread % 2 == 0 ? db() : other, session));

        nowAndAfterReopening(() -> {
            List<Turn> turns = activity(id).turns();
            assertThat(turns).extracting(Turn::id)
                    .containsExactlyInAnyOrderElementsOf(begun.stream().map(Turn::id).toList());
            assertThat(turns.subList(0, ROUNDS - 1)).extracting(Turn::state).containsOnly(new TurnState.Cancelled());
            assertThat(activity(id).openTurn()).contains(turns.getLast());
            assertThat(messages(id)).extracting(Message::id).containsExactlyElementsOf(
                    turns.stream().map(Turn::promptId).toList());
        });
    }

    @Test
    void a_start_that_interrupts_comes_before_a_completion_or_after_it_S18() {
        Session session = beginSession();
        ConversationId id = session.conversationId();
        StoreUnderTest other = opened(db().another());
        for (int round = 0; round < ROUNDS; round++) {
            Turn turn = startTurn(session);
            List<Boolean> done = TestThreads.run(2, thread -> thread == 0
                    ? interrupt(other, session).step() == 1
                    : completes(turn));

            Activity now = activity(id);
            assertThat(now.turn(turn.id()).state())
                    .isEqualTo(done.getLast() ? new TurnState.Completed() : new TurnState.Cancelled());
            Turn open = now.openTurn().orElseThrow();
            assertThat(messages(id)).extracting(Message::id).endsWith(open.promptId())
                    .hasSize(done.getLast() ? 3 : 2);
            cancel(open);
            store().transact(id, Transactions.change(head -> head.clear(now())));
        }
    }

    private static Turn interrupt(StoreUnderTest db, Session session) {
        return db.store().transact(session.conversationId(), SessionTransactions.interrupt(newTurnId(), session.id(),
                draft("interrupting"), now(), lease()));
    }

    private boolean completes(Turn turn) {
        try {
            return complete(turn).isFinished();
        } catch (TurnFinished interrupted) {
            return false;
        }
    }
}
