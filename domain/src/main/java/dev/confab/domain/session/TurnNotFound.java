package dev.confab.domain.session;

/** There is no such turn for this caller: never made, no longer kept, of another owner, or of a conversation that is gone. */
public final class TurnNotFound extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient TurnId turnId;

    public TurnNotFound(TurnId turnId) {
        super("turn " + turnId + " not found");
        this.turnId = turnId;
    }

    public TurnId turnId() {
        return turnId;
    }
}
