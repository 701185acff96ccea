package dev.confab.domain.session;

/** Another request has already started a turn with this id. */
public final class TurnIdReused extends SessionException {
    public TurnIdReused(TurnId turnId) {
        super("turn id " + turnId + " is taken by another request");
    }
}
