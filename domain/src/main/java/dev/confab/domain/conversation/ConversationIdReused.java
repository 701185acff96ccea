package dev.confab.domain.conversation;

/** The id is taken by a conversation that was created by a different request or by another owner. */
public final class ConversationIdReused extends ConversationException {
    private static final long serialVersionUID = 1L;
    private final transient ConversationId conversationId;

    public ConversationIdReused(ConversationId conversationId) {
        super("conversation id " + conversationId + " is taken by another request");
        this.conversationId = conversationId;
    }

    public ConversationId conversationId() {
        return conversationId;
    }
}
