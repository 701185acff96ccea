package dev.confab.application.turn.run;

import dev.confab.application.conversation.HandOver;
import dev.confab.application.conversation.TurnEnd;
import dev.confab.application.turn.answer.PartialAnswer;
import dev.confab.application.turn.answer.TurnFailures;
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

/**
 * The writes of a run. Each names the turn's step, which is its fence: once the turn has finished or is in another step, or its session
 * or conversation is gone, it is rejected and writes nothing. Each looks for its own earlier result first, so that it may be repeated
 * when its outcome is unknown.
 */
record TurnWrites(HandOver handOver, OwnerId owner, ConversationId conversation, SessionId session,
        TurnId id) {

    static TurnWrites of(HandOver handOver, OwnerId owner, Turn turn) {
        return new TurnWrites(handOver, owner, turn.conversationId(), turn.sessionId(), turn.id());
    }

    void renew(PartialAnswer partial, Instant leaseUntil, Instant at) {
        Turn _ = handOver.store().transactRepeatable(conversation, tx -> {
            Turn turn = turn(tx, at);
            tx.record(turn.renew(partial.step(), leaseUntil, partial.output(), at));
            return turn;
        });
    }

    /** The assistant asked for tools; returns the turn in its next step. */
    Turn ask(int step, List<ToolRound> rounds, Optional<TokenUsage> used, Instant leaseUntil, Instant at) {
        return handOver.store().transactRepeatable(conversation, tx -> {
            Turn turn = turn(tx, at);
            if (turn.step() != step + 1 || !turn.rounds().equals(rounds)) {
                tx.record(turn.ask(step, rounds, used, leaseUntil, at));
            }
            return tx.activity().turn(id);
        });
    }

    /** Appends the messages of the rounds and the reply, which the assistant may have left incomplete, and completes the turn. */
    TurnOutcome complete(PartialAnswer answer, Optional<IncompleteReason> incomplete, Optional<TokenUsage> used,
            Instant at) {
        return handOver.transactRepeatable(conversation, tx -> {
            Turn turn = turn(tx, at);
            if (turn.step() != answer.step() + 1 || !turn.state().equals(new TurnState.Completed())) {
                TurnEnd.recordCompleted(tx, turn, answer.step(), answer.output(), incomplete, used, at);
            }
            return TurnOutcome.of(tx, id);
        });
    }

    /**
     * Fails the turn; its output so far becomes messages. If this instance stops while others wait behind it, the turn's lease ends now
     * instead: another instance then fails it and begins the next one, which this one could not run.
     */
    TurnOutcome fail(PartialAnswer partial, TurnFailure failure, Instant at) {
        return handOver.transactRepeatable(conversation, tx -> {
            Turn turn = turn(tx, at);
            if (failure.equals(TurnFailures.STOPPED) && !tx.activity().queuedTurns().isEmpty()) {
                tx.record(turn.renew(partial.step(), at, partial.output(), at));
            } else if (turn.step() != partial.step() + 1 || !turn.state().equals(new TurnState.Failed(failure))) {
                TurnEnd.record(tx, turn.fail(partial.step(), failure, at), partial.in(turn).orElseGet(turn::output));
            }
            return TurnOutcome.of(tx, id);
        });
    }

    private Turn turn(ConversationTransaction tx, Instant at) {
        Conversation _ = tx.conversation().ownedBy(owner).unexpired(at);
        Session _ = tx.activity().session(owner, session, at);
        return tx.activity().turn(id);
    }
}
