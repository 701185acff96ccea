package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Erases the conversations of an owner, each in its own transaction. Every store uses it. */
public final class Erasure {
    private Erasure() {
    }

    /**
     * Purges those of the conversations that belong to the owner, live or deleted.
     *
     * @return the number of purged conversations
     */
    public static int purge(OwnerId owner, ConversationStore store, List<ConversationId> ids) {
        int purged = 0;
        for (ConversationId id : ids) {
            purged += store.transact(id, tx -> purge(tx, owner)) ? 1 : 0;
        }
        return purged;
    }

    private static boolean purge(ConversationTransaction tx, OwnerId owner) {
        Optional<Conversation> found = tx.find().filter(head -> head.owner().equals(owner));
        if (found.isEmpty()) {
            return false;
        }
        // The conversation's last time, because a transaction function must not read the clock.
        Instant at = found.get().updatedAt();
        found.get().delete(at).ifPresent(tx::record);
        tx.record(tx.find().orElseThrow().purge(at));
        return true;
    }
}
