package dev.confab.domain.conversation;

/** Only a deleted conversation can be purged. */
public final class ConversationNotDeleted extends ConversationException {
    private static final long serialVersionUID = 1L;
    private final transient ConversationId conversationId;

    public ConversationNotDeleted(ConversationId conversationId) {
        super("conversation " + conversationId + " is live; delete it first");
        this.conversationId = conversationId;
    }

    public ConversationId conversationId() {
        return conversationId;
    }
}
