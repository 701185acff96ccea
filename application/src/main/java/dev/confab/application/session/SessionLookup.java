package dev.confab.application.session;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.SessionNotFound;
import java.time.Instant;

/** Who names a session does not know of its conversation: without that, it is the session that is not found. */
public final class SessionLookup {
    private SessionLookup() {
    }

    public static Conversation head(ConversationTransaction tx, OwnerId owner, SessionId id, Instant at) {
        return tx.find()
                .filter(head -> !head.isDeleted() && head.owner().equals(owner) && !head.isExpired(at))
                .orElseThrow(() -> new SessionNotFound(id));
    }
}
