package dev.confab.domain.session;

/** The turn has finished, and no change of it is allowed any more. */
public final class TurnFinished extends SessionException {
    public TurnFinished(TurnId turnId, TurnState state) {
        super("turn " + turnId + " is " + state.label());
    }
}
