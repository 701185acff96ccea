package dev.confab.domain.session;

import dev.confab.domain.conversation.Version;

/** The precondition does not admit the current version of the session. */
public final class SessionVersionConflict extends SessionException {
    private final Version current;

    public SessionVersionConflict(SessionId sessionId, Version current) {
        super("session " + sessionId + " is now at version " + current);
        this.current = current;
    }

    public Version current() {
        return current;
    }
}
