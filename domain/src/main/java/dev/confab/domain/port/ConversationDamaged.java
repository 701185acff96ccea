package dev.confab.domain.port;

import dev.confab.domain.conversation.ConversationId;

/** What is stored of this one conversation could not be read. It is never served as empty; others are fine. */
public final class ConversationDamaged extends StorageException {
    private static final long serialVersionUID = 1L;

    private final transient ConversationId conversationId;

    public ConversationDamaged(ConversationId conversationId) {
        super("conversation " + conversationId + " is damaged");
        this.conversationId = conversationId;
    }

    public ConversationId conversationId() {
        return conversationId;
    }
}
