package dev.confab.application.conversation;

import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Transactions that may end a turn. The same commit begins the next turn that waits in the queue and appends its messages, and leases it to
 * this instance, which then runs it. So no turn that waits depends on anybody to remember it, and none begins twice: the fence of the turn
 * that ends is the fence of the one that begins.
 *
 * <p>Which turn this instance has begun is a part of the transaction's result, because a store may run the function more than once (S9).
 * After an unknown outcome it is recognised by the end of its lease, which this call has chosen.
 */
public record HandOver(RetryingConversationStore store, LocalTurns local, InstantSource clock) {

    /** @param open the turn that runs or awaits an approval after the transaction, and its owner */
    private record Done<R>(R result, Optional<Owned> open, boolean begunHere) {
    }

    private record Owned(OwnerId owner, Turn turn) {
    }

    /** As {@link RetryingConversationStore#transact}. */
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        Instant now = clock.instant();
        Instant leaseUntil = now.plus(local.lease());
        return begin(store.transact(id, tx -> done(tx, work, now, leaseUntil)));
    }

    /** As {@link RetryingConversationStore#transactRepeatable}. */
    public <R> R transactRepeatable(ConversationId id, Function<ConversationTransaction, R> work) {
        return transactCreation(id, work, UnaryOperator.identity());
    }

    /** As {@link RetryingConversationStore#transactCreation}. */
    public <R> R transactCreation(ConversationId id, Function<ConversationTransaction, R> work,
            UnaryOperator<R> found) {
        Instant now = clock.instant();
        Instant leaseUntil = now.plus(local.lease());
        return begin(store.transactCreation(id, tx -> done(tx, work, now, leaseUntil),
                done -> new Done<>(found.apply(done.result), done.open, done.begunHere
                        || done.open.filter(open -> waited(open.turn) && open.turn.isLeasedUntil(leaseUntil))
                                .isPresent())));
    }

    private static boolean waited(Turn turn) {
        return turn.queuedAt().isPresent() && turn.step() == turn.firstStep();
    }

    private static <R> Done<R> done(ConversationTransaction tx, Function<ConversationTransaction, R> work, Instant now,
            Instant leaseUntil) {
        R result = work.apply(tx);
        boolean begun = recordNext(tx, now, leaseUntil);
        Optional<Owned> open = tx.activity().openTurn()
                .map(turn -> new Owned(tx.find().map(Conversation::owner).orElseThrow(), turn));
        return new Done<>(result, open, begun);
    }

    private <R> R begin(Done<R> done) {
        if (done.begunHere) {
            done.open.ifPresent(open -> local.run(open.owner, open.turn));
        }
        return done.result;
    }

    /** Begins the first turn that waits and can begin, unless another one is unfinished; returns whether one began. */
    private static boolean recordNext(ConversationTransaction tx, Instant now, Instant leaseUntil) {
        for (Optional<Turn> next = tx.activity().next(); next.isPresent(); next = tx.activity().next()) {
            Turn turn = next.get();
            if (tx.activity().find(turn.sessionId()).filter(session -> !session.isExpired(now)).isEmpty()) {
                tx.record(turn.cancel(Optional.empty(), now));
            } else if (turn.queuedMessages().stream().anyMatch(message -> tx.message(message.id()).isPresent())) {
                tx.record(turn.fail(TurnFailure.MESSAGE_ID_REUSED, now));
            } else {
                turn.queuedMessages().forEach(message -> tx.record(tx.conversation().append(message, now)));
                tx.record(turn.begin(leaseUntil, now));
                return true;
            }
        }
        return false;
    }
}
