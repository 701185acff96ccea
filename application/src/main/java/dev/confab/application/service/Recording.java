package dev.confab.application.service;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationTransaction;
import java.util.Optional;

/** What most works do with their transaction. */
final class Recording {
    private Recording() {
    }

    /** The owner's live head. */
    static Conversation live(ConversationTransaction tx, OwnerId owner) {
        return tx.conversation().ownedBy(owner);
    }

    /** The owner's head, live or in the bin. */
    static Conversation any(ConversationTransaction tx, OwnerId owner, ConversationId id) {
        return tx.find().orElseThrow(() -> new ConversationNotFound(id)).ownedBy(owner);
    }

    /** Records the event, if there is one, and returns the head after it. */
    static Conversation record(ConversationTransaction tx, Conversation head,
            Optional<? extends ConversationEvent> event) {
        event.ifPresent(tx::record);
        return event.isPresent() ? tx.find().orElseThrow() : head;
    }
}
