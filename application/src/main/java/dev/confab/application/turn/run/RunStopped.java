package dev.confab.application.turn.run;

/** Ends a run that must not write any more: its turn has ended, or runs on another instance. */
final class RunStopped extends RuntimeException {
    RunStopped() {
        super("the run is stopped", null, false, false);
    }
}
