package dev.confab.domain.session;

import dev.confab.domain.conversation.Version;

/** A precondition no longer holds: the session is at {@link #current()}. */
public final class SessionVersionConflict extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient SessionId sessionId;
    private final transient Version current;

    public SessionVersionConflict(SessionId sessionId, Version current) {
        super("session " + sessionId + " is at version " + current + " by now");
        this.sessionId = sessionId;
        this.current = current;
    }

    public SessionId sessionId() {
        return sessionId;
    }

    public Version current() {
        return current;
    }
}
