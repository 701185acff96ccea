package dev.confab.domain.session;

import dev.confab.domain.conversation.Version;

/** The precondition does not admit the current version of the session. */
public final class SessionVersionConflict extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient SessionId sessionId;
    private final transient Version current;

    public SessionVersionConflict(SessionId sessionId, Version current) {
        super("session " + sessionId + " is now at version " + current);
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
