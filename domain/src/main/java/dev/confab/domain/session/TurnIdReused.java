package dev.confab.domain.session;

/** Another request has already started a turn with this id. */
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
