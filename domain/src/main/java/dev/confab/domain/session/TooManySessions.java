package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;

/** The conversation has the maximum number of sessions. */
public final class TooManySessions extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient ConversationId conversationId;

    public TooManySessions(ConversationId conversationId) {
        super("conversation " + conversationId + " has " + Activity.MAX_SESSIONS + " sessions; delete one first");
        this.conversationId = conversationId;
    }

    public ConversationId conversationId() {
        return conversationId;
    }
}
