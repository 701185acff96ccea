package dev.confab.application.turn;

/** Ends a run that writes nothing more: its turn is over, or another's. */
final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
        super("the run is stopped", null, false, false);
    }
}
