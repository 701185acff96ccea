package dev.confab.domain.port;

import dev.confab.domain.conversation.ConversationId;

/** The stored data of this conversation cannot be read. Other conversations are not affected. */
public final class ConversationDamaged extends StorageException {
    private final ConversationId conversationId;

    public ConversationDamaged(ConversationId conversationId) {
        super("conversation " + conversationId + " is damaged");
        this.conversationId = conversationId;
    }

    public ConversationId conversationId() {
        return conversationId;
    }
}
