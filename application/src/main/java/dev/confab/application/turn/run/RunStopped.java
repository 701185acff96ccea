package dev.confab.application.turn.run;

/** Ends a run that writes nothing more: its turn is over, or another's. */
final class RunStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunStopped() {
        super("the run is stopped", null, false, false);
    }
}
