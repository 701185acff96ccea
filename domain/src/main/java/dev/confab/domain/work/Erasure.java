package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.Erased;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationStore.Removal;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Activity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Erases all conversations of an owner, the same way in every store: each conversation in a transaction of its own. */
public final class Erasure {
    private static final int PAGE = 100;
    /** An erasure has no clock, and a damaged conversation has no time that could be read. No reader ever sees this one. */
    private static final Instant ERASED_AT = Instant.EPOCH;
    private static final Erased UNREADABLE = new Erased(1, 0, 0, 0, 0);

    private Erasure() {
    }

    /**
     * Purges the owner's conversations page by page, and returns what they were.
     *
     * @param firstOf returns the owner's conversations, live or in the bin, at most as many as its argument
     */
    public static Erased erase(OwnerId owner, ConversationStore store, IntFunction<List<ConversationId>> firstOf) {
        Erased purged = Erased.NOTHING;
        List<ConversationId> before = List.of();
        List<ConversationId> page = firstOf.apply(PAGE);
        // If the same page comes again, nothing was purged. Without this check the loop might never end.
        while (!page.isEmpty() && !page.equals(before)) {
            purged = purged.plus(purge(owner, store, page));
            before = page;
            page = firstOf.apply(PAGE);
        }
        return purged;
    }

    /** Purges those that are the owner's, live or in the bin, and returns what they were. */
    public static Erased purge(OwnerId owner, ConversationStore store, List<ConversationId> ids) {
        return ids.stream().map(id -> purge(owner, store, id)).reduce(Erased.NOTHING, Erased::plus);
    }

    private static Erased purge(OwnerId owner, ConversationStore store, ConversationId id) {
        try {
            return store.transact(id, tx -> purge(tx, owner));
        } catch (ConversationDamaged damaged) {
            if (store.removeDamaged(id, owner, Removal.PURGE, ERASED_AT)) {
                return UNREADABLE;
            }
            throw damaged;
        }
    }

    private static Erased purge(ConversationTransaction tx, OwnerId owner) {
        Optional<Conversation> found = tx.find().filter(head -> head.owner().equals(owner));
        if (found.isEmpty()) {
            return Erased.NOTHING;
        }
        Activity activity = tx.activity();
        // The conversation's own time, because a transaction function has no clock.
        Instant at = found.get().updatedAt();
        found.get().delete(at).ifPresent(tx::record);
        tx.record(tx.find().orElseThrow().purge(at));
        return new Erased(1, found.get().messageCount(), activity.sessions().size(), activity.turns().size(), 0);
    }
}
