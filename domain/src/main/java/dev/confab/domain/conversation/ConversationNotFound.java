package dev.confab.domain.conversation;

/** There is no such conversation for the caller: it does not exist, is deleted, has expired, or belongs to another owner. */
public final class ConversationNotFound extends ConversationException {
    public ConversationNotFound(ConversationId conversationId) {
        super("conversation " + conversationId + " not found");
    }
}
