package dev.confab.domain.session;

/** The caller has no such turn: it never existed, is no longer kept, belongs to another owner, or its conversation is gone. */
public final class TurnNotFound extends SessionException {
    public TurnNotFound(TurnId turnId) {
        super("turn " + turnId + " not found");
    }
}
