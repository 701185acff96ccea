package dev.confab.application.turn.run;

import dev.confab.application.conversation.TurnEnd;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.turn.answer.PartialAnswer;
import dev.confab.application.turn.event.TurnOutcome;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The writes of a run. Each names the turn's step, which is its fence: once the turn has finished or is in another step, or its session
 * or conversation is gone, it is rejected and writes nothing. Each looks for its own earlier result first, so that it may be repeated
 * when its outcome is unknown.
 */
record TurnWrites(RetryingConversationStore store, OwnerId owner, ConversationId conversation, SessionId session,
        TurnId id) {

    static TurnWrites of(RetryingConversationStore store, OwnerId owner, Turn turn) {
        return new TurnWrites(store, owner, turn.conversationId(), turn.sessionId(), turn.id());
    }

    void renew(PartialAnswer partial, Instant leaseUntil, Instant at) {
        Turn _ = transact(at, (tx, turn) -> {
            tx.record(turn.renew(partial.step(), leaseUntil, partial.output(), at));
            return turn;
        });
    }

    /** The assistant asked for tools; returns the turn in its next step. */
    Turn ask(int step, List<ToolRound> rounds, Optional<TokenUsage> used, Instant leaseUntil, Instant at) {
        return transact(at, (tx, turn) -> {
            if (turn.step() != step + 1 || !turn.rounds().equals(rounds)) {
                tx.record(turn.ask(step, rounds, used, leaseUntil, at));
            }
            return tx.activity().turn(id);
        });
    }

    /** Appends the messages of the rounds and the reply, which the assistant may have left incomplete, and completes the turn. */
    TurnOutcome complete(PartialAnswer answer, Optional<IncompleteReason> incomplete, Optional<TokenUsage> used,
            Instant at) {
        return transact(at, (tx, turn) -> {
            if (turn.step() != answer.step() + 1 || !turn.state().equals(new TurnState.Completed())) {
                TurnEnd.recordCompleted(tx, turn, answer.step(), answer.output(), incomplete, used, at);
            }
            return TurnOutcome.of(tx, id);
        });
    }

    /** Fails the turn; its output so far becomes messages. */
    TurnOutcome fail(PartialAnswer partial, TurnFailure failure, Instant at) {
        return transact(at, (tx, turn) -> {
            if (turn.step() != partial.step() + 1 || !turn.state().equals(new TurnState.Failed(failure))) {
                TurnEnd.record(tx, turn.fail(partial.step(), failure, at), partial.in(turn).orElseGet(turn::output));
            }
            return TurnOutcome.of(tx, id);
        });
    }

    private <R> R transact(Instant at, BiFunction<ConversationTransaction, Turn, R> work) {
        return store.transactRepeatable(conversation, tx -> {
            Conversation _ = tx.conversation().ownedBy(owner).unexpired(at);
            Session _ = tx.activity().session(owner, session, at);
            return work.apply(tx, tx.activity().turn(id));
        });
    }
}
