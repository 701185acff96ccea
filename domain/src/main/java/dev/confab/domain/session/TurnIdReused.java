package dev.confab.domain.session;

/** The id belongs to a turn that another request started. */
public final class TurnIdReused extends SessionException {
    private static final long serialVersionUID = 1L;

    private final transient TurnId turnId;

    public TurnIdReused(TurnId turnId) {
        super("turn id " + turnId + " is taken by another request");
        this.turnId = turnId;
    }

    public TurnId turnId() {
        return turnId;
    }
}
