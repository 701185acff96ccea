package dev.confab.domain.session;

/** Another request has already created a session with this id. */
public final class SessionIdReused extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient SessionId sessionId;

    public SessionIdReused(SessionId sessionId) {
        super("session id " + sessionId + " is taken by another request");
        this.sessionId = sessionId;
    }

    public SessionId sessionId() {
        return sessionId;
    }
}
