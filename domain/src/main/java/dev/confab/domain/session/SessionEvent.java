package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;
import java.time.Instant;

/**
 * What happened to a session or a turn of a conversation. It is committed with the conversation's own events, but counts no version:
 * a lease that is renewed must not spoil a client's {@code If-Match}. Each carries the whole session or turn as it is afterwards.
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

    /** The session with this id is now this one. */
    record SessionChanged(Session session, Instant at) implements SessionEvent {
        @Override
        public ConversationId conversationId() {
            return session.conversationId();
        }
    }

    /** The session is gone, deleted or expired. */
    record SessionEnded(ConversationId conversationId, SessionId sessionId, Instant at) implements SessionEvent {
    }

    record TurnStarted(Turn turn, Instant at) implements SessionEvent {
        @Override
        public ConversationId conversationId() {
            return turn.conversationId();
        }
    }

    /** The turn with this id is now this one. */
    record TurnChanged(Turn turn, Instant at) implements SessionEvent {
        @Override
        public ConversationId conversationId() {
            return turn.conversationId();
        }
    }
}
