package dev.confab.application;

/** Backups of the store that runs. Only a store that has no tools of its own for that makes them. */
public interface Backups {

    /**
     * The result of a backup.
     *
     * @param location where the copy is, as the person who runs the service knows it
     */
    record Made(String location, long files, long bytes) {
    }

    /**
     * Copies the store as of one moment, while everything goes on.
     *
     * @throws Unavailable if this service makes no backups; says what to do instead
     * @throws dev.confab.domain.port.StorageUnavailable if the copy failed
     */
    Made make();

    /** This service makes no backups. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param advice a sentence about what to do instead */
        public Unavailable(String advice) {
            super(advice);
        }
    }
}
