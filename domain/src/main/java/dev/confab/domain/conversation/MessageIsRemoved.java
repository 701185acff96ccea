package dev.confab.domain.conversation;

/** The message was removed, so it has no content that could change. */
public final class MessageIsRemoved extends ConversationException {
    private final MessageId messageId;

    public MessageIsRemoved(ConversationId conversationId, MessageId messageId) {
        super("message " + messageId + " of conversation " + conversationId + " was removed");
        this.messageId = messageId;
    }

    public MessageId messageId() {
        return messageId;
    }
}
