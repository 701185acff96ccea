package dev.confab.adapter.persistence.file.trial;

/** Adds the description of a trial to its failure. */
public final class Trials {
    private Trials() {
    }

    public static void run(String description, Runnable trial) {
        try {
            trial.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(description + ": " + e.getMessage(), e);
        }
    }
}
