package dev.confab.domain.conversation;

/** The conversation has no such message. */
public final class MessageNotFound extends ConversationException {
    private static final long serialVersionUID = 1L;
    private final transient ConversationId conversationId;
    private final transient MessageId messageId;

    public MessageNotFound(ConversationId conversationId, MessageId messageId) {
        super("message " + messageId + " not found in conversation " + conversationId);
        this.conversationId = conversationId;
        this.messageId = messageId;
    }

    public ConversationId conversationId() {
        return conversationId;
    }

    public MessageId messageId() {
        return messageId;
    }
}
