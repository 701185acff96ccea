package dev.confab.domain.conversation;

/** The id is taken by a message of this conversation that was made from a different draft. */
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
