package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;

/** The conversation has no prompt near its end that could be answered again. */
public final class NothingToRegenerate extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient ConversationId conversationId;

    public NothingToRegenerate(ConversationId conversationId) {
        super("conversation " + conversationId + " has nothing to regenerate");
        this.conversationId = conversationId;
    }

    public ConversationId conversationId() {
        return conversationId;
    }
}
