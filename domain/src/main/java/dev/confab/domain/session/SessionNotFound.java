package dev.confab.domain.session;

/** The caller has no such session: it never existed, was deleted, has expired, belongs to another owner, or its conversation is gone. */
public final class SessionNotFound extends SessionException {
    public SessionNotFound(SessionId sessionId) {
        super("session " + sessionId + " not found");
    }
}
