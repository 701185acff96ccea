package dev.confab.domain.session;

/** The turn has finished, and no change of it is allowed any more. */
public final class TurnFinished extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient TurnId turnId;
    private final transient TurnState state;

    public TurnFinished(TurnId turnId, TurnState state) {
        super("turn " + turnId + " is " + state.label());
        this.turnId = turnId;
        this.state = state;
    }

    public TurnId turnId() {
        return turnId;
    }

    public TurnState state() {
        return state;
    }
}
