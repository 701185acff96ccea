package dev.confab.adapter.persistence.contract.sample;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Transaction functions on sessions and turns, written as the use cases write them. */
public final class SessionTransactions {
    private SessionTransactions() {
    }

    /** Starts the session in its conversation, which must be live. */
    public static Function<ConversationTransaction, Session> begin(Session session) {
        return tx -> {
            tx.conversation();
            tx.activity().start(session, session.createdAt()).forEach(tx::record);
            return session;
        };
    }

    /** Changes a session that has not expired, and returns the changed session. */
    public static Function<ConversationTransaction, Session> change(SessionId id, UnaryOperator<Session> decision,
            Instant now) {
        return tx -> {
            Session session = tx.activity().session(tx.conversation().owner(), id, now);
            Session changed = decision.apply(session);
            tx.record(new SessionChanged(changed, now));
            return changed;
        };
    }

    public static Function<ConversationTransaction, Activity> end(SessionId id, Instant now) {
        return tx -> {
            tx.activity().end(id, now).forEach(tx::record);
            return tx.activity();
        };
    }

    /** Appends the prompt and starts the turn that answers it. */
    public static Function<ConversationTransaction, Turn> start(TurnId id, SessionId sessionId, MessageDraft prompt,
            Instant now, Instant leaseUntil) {
        return tx -> {
            Conversation head = tx.conversation();
            Session session = tx.activity().session(head.owner(), sessionId, now);
            var events = tx.activity().start(id, session, prompt.id(), Samples.digest("turn " + id), now, leaseUntil);
            tx.record(head.append(prompt, now));
            events.forEach(tx::record);
            return tx.activity().turn(id);
        };
    }

    /** Appends the messages, starts the turn that answers the last of them, and throws if it cannot start. */
    public static Function<ConversationTransaction, Turn> start(TurnId id, SessionId sessionId,
            List<MessageDraft> messages, Instant now, Instant leaseUntil) {
        return tx -> {
            Session session = tx.activity().session(tx.conversation().owner(), sessionId, now);
            messages.forEach(draft -> tx.record(tx.conversation().append(draft, now)));
            tx.activity().start(id, session, messages.getLast().id(), Samples.digest("turn " + id), now, leaseUntil)
                    .forEach(tx::record);
            return tx.activity().turn(id);
        };
    }

    /** Cancels the unfinished turn if there is one, appends the prompt and starts the turn that answers it. */
    public static Function<ConversationTransaction, Turn> interrupt(TurnId id, SessionId sessionId,
            MessageDraft prompt, Instant now, Instant leaseUntil) {
        return tx -> {
            tx.conversation();
            tx.activity().cancel(now).ifPresent(tx::record);
            return start(id, sessionId, List.of(prompt), now, leaseUntil).apply(tx);
        };
    }

    /** Lets a turn wait that begins with these messages. */
    public static Function<ConversationTransaction, Turn> queue(TurnId id, SessionId sessionId,
            List<MessageDraft> messages, Instant now) {
        return tx -> {
            Session session = tx.activity().session(tx.conversation().owner(), sessionId, now);
            tx.record(tx.activity().queue(id, session, messages, Samples.digest("turn " + id), now));
            return tx.activity().turn(id);
        };
    }

    /** Does this, which may end a turn, and then begins the next one that waits. */
    public static <R> Function<ConversationTransaction, R> handingOver(Function<ConversationTransaction, R> work,
            Instant now, Instant leaseUntil) {
        return tx -> {
            R result = work.apply(tx);
            tx.activity().next().ifPresent(next -> {
                next.queuedMessages().forEach(draft -> tx.record(tx.conversation().append(draft, now)));
                tx.record(next.begin(leaseUntil, now));
            });
            return result;
        };
    }

    /** Records the change decided on the turn, if there is one, and returns the turn after it. */
    public static Function<ConversationTransaction, Turn> turn(TurnId id,
            Function<Turn, Optional<TurnChanged>> decision) {
        return turn(id, decision, List.of());
    }

    /** Records the change decided on the turn together with these messages. */
    public static Function<ConversationTransaction, Turn> turn(TurnId id,
            Function<Turn, Optional<TurnChanged>> decision, List<MessageDraft> with) {
        return tx -> {
            tx.conversation();
            decision.apply(tx.activity().turn(id)).ifPresent(changed -> {
                with.forEach(draft -> tx.record(tx.conversation().append(draft, changed.at())));
                tx.record(changed);
            });
            return tx.activity().turn(id);
        };
    }

    /** Completes the turn with this reply, if it is in this step. */
    public static Function<ConversationTransaction, Turn> complete(TurnId id, int step, MessageDraft reply,
            Instant now) {
        return turn(id, turn -> Optional.of(turn.complete(step, reply.id(), turn.rounds(), turn.usage(), now)),
                List.of(reply));
    }

    /** Cancels the turn without a reply. */
    public static Function<ConversationTransaction, Turn> cancel(TurnId id, Instant now) {
        return turn(id, turn -> Optional.of(turn.cancel(Optional.empty(), now)));
    }

    /** Records the change decided on the conversation, and cancels the unfinished turns. */
    public static Function<ConversationTransaction, Optional<Conversation>> cancelAnd(Instant now,
            Function<Conversation, Optional<? extends ConversationEvent>> decision) {
        return tx -> {
            decision.apply(tx.conversation()).ifPresent(tx::record);
            tx.activity().cancel(now).ifPresent(tx::record);
            tx.activity().cancelQueued(now).forEach(tx::record);
            return tx.find();
        };
    }
}
