package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;

/** The conversation has no prompt near its end that could be answered again. */
public final class NothingToRegenerate extends SessionException {
    public NothingToRegenerate(ConversationId conversationId) {
        super("conversation " + conversationId + " has nothing to regenerate");
    }
}
