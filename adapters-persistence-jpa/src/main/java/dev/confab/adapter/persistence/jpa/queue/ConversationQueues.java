package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.domain.conversation.ConversationId;
import java.util.concurrent.ConcurrentHashMap;

/** The queues of the conversations that are being written now. A queue is removed when no call uses it. */
final class ConversationQueues {
    private final ConcurrentHashMap<ConversationId, ConversationQueue> queues = new ConcurrentHashMap<>();

    /** Returns the queue. It stays until {@link #leave} has been called as often as this. */
    ConversationQueue enter(ConversationId id) {
        return queues.compute(id, (key, present) -> {
            ConversationQueue queue = present == null ? new ConversationQueue(key) : present;
            queue.users++;
            return queue;
        });
    }

    void leave(ConversationQueue queue) {
        queues.computeIfPresent(queue.id, (key, present) -> {
            present.users--;
            return present.users > 0 ? present : null;
        });
    }
}
