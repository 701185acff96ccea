package dev.confab.domain.conversation;

/** The id is taken by a conversation that was created by a different request or by another owner. */
public final class ConversationIdReused extends ConversationException {
    public ConversationIdReused(ConversationId conversationId) {
        super("conversation id " + conversationId + " is taken by another request");
    }
}
