package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;

/** None of the latest messages of the conversation is a prompt that could be answered again. */
public final class NothingToRegenerate extends SessionException {
    public NothingToRegenerate(ConversationId conversationId) {
        super("conversation " + conversationId + " has nothing to regenerate");
    }
}
