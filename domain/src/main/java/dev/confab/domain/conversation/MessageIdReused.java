package dev.confab.domain.conversation;

/** Another draft has already become a message with this id in the conversation. */
public final class MessageIdReused extends ConversationException {
    private final MessageId messageId;

    public MessageIdReused(ConversationId conversationId, MessageId messageId) {
        super("message id " + messageId + " is taken by another draft");
        this.messageId = messageId;
    }

    public MessageId messageId() {
        return messageId;
    }
}
