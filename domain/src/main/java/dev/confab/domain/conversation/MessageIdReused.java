package dev.confab.domain.conversation;

/** Another draft has already become a message with this id in the conversation. */
public final class MessageIdReused extends ConversationException {
    private static final long serialVersionUID = 1L;
    private final transient ConversationId conversationId;
    private final transient MessageId messageId;

    public MessageIdReused(ConversationId conversationId, MessageId messageId) {
        super("message id " + messageId + " is taken by another draft");
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
