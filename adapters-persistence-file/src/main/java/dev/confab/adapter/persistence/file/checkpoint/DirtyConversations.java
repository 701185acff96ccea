package dev.confab.adapter.persistence.file.checkpoint;

import dev.confab.domain.conversation.ConversationId;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The conversations with commits in the journal that no checkpoint covers.
 *
 * <p>The journal's thread adds to the set and, at a rotation, exchanges it; so the set that a checkpoint takes is exactly what the
 * ended segments hold.
 */
public final class DirtyConversations {
    private volatile Set<ConversationId> ids;

    public DirtyConversations(Collection<ConversationId> ids) {
        this.ids = ConcurrentHashMap.newKeySet();
        this.ids.addAll(ids);
    }

    /** By the journal's thread, for each commit it publishes; or after a checkpoint that failed. */
    public void add(ConversationId id) {
        ids.add(id);
    }

    boolean contains(ConversationId id) {
        return ids.contains(id);
    }

    /** By the journal's thread, at a rotation: the set so far; an empty one takes its place. */
    Set<ConversationId> take() {
        Set<ConversationId> taken = ids;
        ids = ConcurrentHashMap.newKeySet();
        return taken;
    }
}
