package dev.confab.domain.conversation;

/** The id belongs to a conversation of the caller that is in the bin: it must be restored or purged before the id can be used. */
public final class ConversationInBin extends ConversationException {
    private final ConversationId conversationId;

    public ConversationInBin(ConversationId conversationId) {
        super("conversation " + conversationId + " is in the bin");
        this.conversationId = conversationId;
    }

    public ConversationId conversationId() {
        return conversationId;
    }
}
