package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;

/** The maximum number of turns waits in the conversation. */
public final class TooManyQueuedTurns extends SessionException {
    public TooManyQueuedTurns(ConversationId conversationId) {
        super(Activity.MAX_QUEUED + " turns wait in conversation " + conversationId
                + "; wait until one begins, or cancel one");
    }
}
