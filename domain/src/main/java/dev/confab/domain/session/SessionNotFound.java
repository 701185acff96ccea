package dev.confab.domain.session;

/** There is no such session for this caller: never made, deleted, expired, of another owner, or of a conversation that is gone. */
public final class SessionNotFound extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient SessionId sessionId;

    public SessionNotFound(SessionId sessionId) {
        super("session " + sessionId + " not found");
        this.sessionId = sessionId;
    }

    public SessionId sessionId() {
        return sessionId;
    }
}
