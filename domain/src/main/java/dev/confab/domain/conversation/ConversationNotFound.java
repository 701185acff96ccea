package dev.confab.domain.conversation;

/** There is no such conversation for the caller: it does not exist, is deleted, has expired, or belongs to another owner. */
public final class ConversationNotFound extends ConversationException {
    private static final long serialVersionUID = 1L;
    private final transient ConversationId conversationId;

    public ConversationNotFound(ConversationId conversationId) {
        super("conversation " + conversationId + " not found");
        this.conversationId = conversationId;
    }

    public ConversationId conversationId() {
        return conversationId;
    }
}
