package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.domain.conversation.ConversationId;
import java.util.concurrent.ConcurrentHashMap;

/** The conversations that are being written now. A queue stays only while somebody uses it. */
final class ConversationQueues {
    private final ConcurrentHashMap<ConversationId, ConversationQueue> queues = new ConcurrentHashMap<>();

    /** The queue, which stays until {@link #leave} was called as often. */
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
