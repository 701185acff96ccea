package dev.confab.domain.port;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;

/**
 * Notifies listeners that a conversation has changed. Notifications are hints: they may be lost, late, repeated or merged. A client
 * that first subscribes and then reads {@link ConversationReader#changesSince} learns of every change, at the latest with the next
 * hint.
 */
public interface ChangeFeed {

    /** Starts to notify the listener, until the subscription is closed. A call that is already running may still arrive after that. */
    Subscription subscribe(Listener listener);

    /** Receives hints in a thread of the store. It must return at once, must not block and must not throw. */
    @FunctionalInterface
    interface Listener {
        void changed(Hint hint);
    }

    /** The conversation has reached at least this revision, which increases by 1 with every commit on the conversation. */
    record Hint(ConversationId conversation, OwnerId owner, long revision) {
    }

    /** Closing it ends the notifications. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
