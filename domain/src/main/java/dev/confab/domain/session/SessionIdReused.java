package dev.confab.domain.session;

/** Another request has already created a session with this id. */
public final class SessionIdReused extends SessionException {
    public SessionIdReused(SessionId sessionId) {
        super("session id " + sessionId + " is taken by another request");
    }
}
