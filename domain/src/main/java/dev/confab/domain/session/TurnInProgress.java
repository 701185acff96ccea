package dev.confab.domain.session;

/** The conversation has an unfinished turn, which must finish first. */
public final class TurnInProgress extends SessionException {
    private final TurnId turnId;

    public TurnInProgress(TurnId turnId) {
        super("turn " + turnId + " is in progress");
        this.turnId = turnId;
    }

    public TurnId turnId() {
        return turnId;
    }
}
