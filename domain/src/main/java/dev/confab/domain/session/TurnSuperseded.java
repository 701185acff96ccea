package dev.confab.domain.session;

/** The write is late: the turn is in another step than the writer named, or in a state that does not allow the change. */
public final class TurnSuperseded extends SessionException {
    public TurnSuperseded(TurnId turnId) {
        super("turn " + turnId + " has gone on without this writer");
    }
}
