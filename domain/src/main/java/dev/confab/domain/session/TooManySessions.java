package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;

/** The conversation has the maximum number of sessions. */
public final class TooManySessions extends SessionException {
    public TooManySessions(ConversationId conversationId) {
        super("conversation " + conversationId + " has " + Activity.MAX_SESSIONS + " sessions; delete one first");
    }
}
