package dev.confab.domain.port;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How an owner is erased, the same in every store: page by page, each conversation in a transaction of its own. */
public final class Erasure {
    private Erasure() {
    }

    /**
     * Purges until no page is left.
     *
     * @param page some of the owner's conversations, live or in the bin; empty when there is none any more
     * @return how many were purged
     */
    public static int of(OwnerId owner, ConversationStore store, Supplier<List<ConversationId>> page) {
        int erased = 0;
        for (List<ConversationId> ids = page.get(); !ids.isEmpty(); ids = page.get()) {
            for (ConversationId id : ids) {
                erased += store.transact(id, tx -> purge(tx, owner)) ? 1 : 0;
            }
        }
        return erased;
    }

    private static boolean purge(ConversationTransaction tx, OwnerId owner) {
        Optional<Conversation> found = tx.find().filter(head -> head.owner().equals(owner));
        if (found.isEmpty()) {
            return false;
        }
        // The conversation's own time, because a work has no clock.
        Instant at = found.get().updatedAt();
        found.get().delete(at).ifPresent(tx::record);
        tx.record(tx.find().orElseThrow().purge(at));
        return true;
    }
}
