package dev.confab.domain.conversation;

/** Only a deleted conversation can be purged. */
public final class ConversationNotDeleted extends ConversationException {
    public ConversationNotDeleted(ConversationId conversationId) {
        super("conversation " + conversationId + " is live; delete it first");
    }
}
