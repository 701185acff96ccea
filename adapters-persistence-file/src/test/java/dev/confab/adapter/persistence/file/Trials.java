package dev.confab.adapter.persistence.file;

/** Says which trial it was that failed. */
final class Trials {
    private Trials() {
    }

    static void run(String description, Runnable trial) {
        try {
            trial.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(description + ": " + e.getMessage(), e);
        }
    }
}
