package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;
import java.time.Instant;

/**
 * What happened to a session or a turn of a conversation. It is committed with the conversation's own events but does not increment the
 * conversation's version: the renewal of a lease must not break a client's precondition. Each event carries the whole session or turn as
 * it is afterwards.
 */
public sealed interface SessionEvent {

    ConversationId conversationId();

    /** When, in UTC and whole milliseconds. */
    Instant at();

    record SessionStarted(Session session, Instant at) implements SessionEvent {
        @Override
        public ConversationId conversationId() {
            return session.conversationId();
        }
    }

    /** Replaces the session with the same id. */
    record SessionChanged(Session session, Instant at) implements SessionEvent {
        @Override
        public ConversationId conversationId() {
            return session.conversationId();
        }
    }

    /** The session was deleted, or has expired. */
    record SessionEnded(ConversationId conversationId, SessionId sessionId, Instant at) implements SessionEvent {
    }

    record TurnStarted(Turn turn, Instant at) implements SessionEvent {
        @Override
        public ConversationId conversationId() {
            return turn.conversationId();
        }
    }

    /** Replaces the turn with the same id. */
    record TurnChanged(Turn turn, Instant at) implements SessionEvent {
        @Override
        public ConversationId conversationId() {
            return turn.conversationId();
        }
    }
}
