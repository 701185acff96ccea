package dev.confab.application.conversation;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.function.Supplier;

/** The owner check of writes: finds the conversation of a transaction, if it belongs to the owner and has not expired. */
public final class ConversationLookup {
    private ConversationLookup() {
    }

    /** The owner's live conversation. */
    public static Conversation live(ConversationTransaction tx, OwnerId owner, Instant at) {
        return tx.conversation().ownedBy(owner).unexpired(at);
    }

    /** The same for a caller that named a session or a turn of the conversation; otherwise throws the error that says so. */
    public static Conversation live(ConversationTransaction tx, OwnerId owner, Instant at,
            Supplier<? extends RuntimeException> notFound) {
        return tx.find().filter(head -> !head.isDeleted() && head.owner().equals(owner) && !head.isExpired(at))
                .orElseThrow(notFound);
    }

    /** The owner's conversation, live or in the bin. */
    static Conversation liveOrDeleted(ConversationTransaction tx, OwnerId owner, ConversationId id, Instant at) {
        return tx.find().orElseThrow(() -> new ConversationNotFound(id)).ownedBy(owner).unexpired(at);
    }
}
