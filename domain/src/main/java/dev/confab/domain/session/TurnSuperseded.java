package dev.confab.domain.session;

/** The turn has gone on without this writer: it is in another step than the writer thinks, or in a state that does not allow the change. */
public final class TurnSuperseded extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient TurnId turnId;

    public TurnSuperseded(TurnId turnId) {
        super("turn " + turnId + " has gone on without this writer");
        this.turnId = turnId;
    }

    public TurnId turnId() {
        return turnId;
    }
}
