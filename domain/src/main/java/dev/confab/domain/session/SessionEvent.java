package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import java.time.Instant;

/**
 * A session or a turn of a conversation as it is after a change. The event is committed with the conversation's own events but does not
 * increment the conversation's version: the renewal of a lease must not break a client's precondition.
 */
public sealed interface SessionEvent {

    default ConversationId conversationId() {
        return switch (this) {
            case SessionStarted e -> e.session().conversationId();
            case SessionChanged e -> e.session().conversationId();
            case SessionEnded e -> e.conversationId();
            case TurnStarted e -> e.turn().conversationId();
            case TurnChanged e -> e.turn().conversationId();
        };
    }

    /** The weight in bytes that counts against the limits of a transaction. */
    default int weight() {
        return switch (this) {
            case SessionStarted e -> e.session().weight();
            case SessionChanged e -> e.session().weight();
            case SessionEnded _ -> 0;
            case TurnStarted e -> e.turn().weight();
            case TurnChanged e -> e.turn().weight();
        };
    }

    /** When, in UTC and whole milliseconds. */
    Instant at();

    record SessionStarted(Session session, Instant at) implements SessionEvent {
    }

    /** Replaces the session with the same id. */
    record SessionChanged(Session session, Instant at) implements SessionEvent {
    }

    /** The session was deleted, or has expired. */
    record SessionEnded(ConversationId conversationId, SessionId sessionId, Instant at) implements SessionEvent {
    }

    record TurnStarted(Turn turn, Instant at) implements SessionEvent {
    }

    /** Replaces the turn with the same id. */
    record TurnChanged(Turn turn, Instant at) implements SessionEvent {
        /** The same end of a turn, with the message that holds the partial answer. */
        public TurnChanged keeping(MessageId partialReply) {
            return new TurnChanged(turn.withReply(partialReply), at);
        }
    }
}
