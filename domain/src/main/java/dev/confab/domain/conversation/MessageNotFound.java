package dev.confab.domain.conversation;

/** The conversation has no such message. */
public final class MessageNotFound extends ConversationException {
    private final MessageId messageId;

    public MessageNotFound(ConversationId conversationId, MessageId messageId) {
        super("message " + messageId + " not found in conversation " + conversationId);
        this.messageId = messageId;
    }

    public MessageId messageId() {
        return messageId;
    }
}
