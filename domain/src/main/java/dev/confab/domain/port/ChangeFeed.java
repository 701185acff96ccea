package dev.confab.domain.port;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;

/**
 * Tells listeners that a conversation has reached a revision. A hint, that may be lost, late, repeated or coalesced: the truth
 * is {@link ConversationReader#changesSince}. Whoever listens first and reads then misses nothing for longer than a hint's delay.
 */
public interface ChangeFeed {

    /** Starts to tell the listener; close to stop. A call under way may still arrive after the close. */
    Subscription subscribe(Listener listener);

    /** Called from a thread of the store: it must return at once, wait for nothing and throw nothing. */
    @FunctionalInterface
    interface Listener {
        void changed(Hint hint);
    }

    /** @param revision grows by 1 with every commit on the conversation; what it has reached at least */
    record Hint(ConversationId conversation, OwnerId owner, long revision) {
    }

    /** A listening that can be ended. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
