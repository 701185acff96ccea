package dev.confab.domain.webhook;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.webhook.Cursor.TurnMark;
import java.time.Instant;

/**
 * An event for a webhook. It names the change, not the new content: the receiver reads that with its own permissions, and
 * a wrong address is not sent what people wrote.
 */
public sealed interface WebhookEvent {

    /** The same at every attempt, and of no other event of the webhook. */
    String id();

    EventType type();

    /** When it happened, as far as that is stored; see each kind. */
    Instant at();

    /**
     * A conversation has reached a version.
     *
     * @param type {@link EventType#CONVERSATION_CHANGED} or {@link EventType#CONVERSATION_DELETED}
     * @param previousVersion the version of the event before it, 0 for the first: this event reports all versions between
     * @param at when the conversation was last changed, at this version or at a later one
     */
    record ConversationReached(EventType type, ConversationId conversation, long version, long previousVersion,
            Instant at) implements WebhookEvent {
        @Override
        public String id() {
            return conversation + ":" + version;
        }
    }

    /** A conversation is gone about which the webhook has received events; {@code at} is when that was noticed. */
    record ConversationGone(ConversationId conversation, Instant at) implements WebhookEvent {
        @Override
        public String id() {
            return conversation + ":purged";
        }

        @Override
        public EventType type() {
            return EventType.CONVERSATION_PURGED;
        }
    }

    /** A turn has finished, or awaits approval; {@code at} is its end, or else the last change of the conversation. */
    record TurnReached(EventType type, ConversationId conversation, TurnProgress turn, Instant at)
            implements
                WebhookEvent {
        @Override
        public String id() {
            TurnMark mark = turn.mark();
            return conversation + ":" + mark.id() + ":" + mark.step();
        }
    }

    /** A trial. */
    record Trial(String id, WebhookId webhook, Instant at) implements WebhookEvent {
        @Override
        public EventType type() {
            return EventType.WEBHOOK_TEST;
        }
    }
}
