package dev.confab.domain.port;

/** The storage failed during the commit: all of the transaction may be recorded, or nothing (S15). */
public final class CommitOutcomeUnknown extends StorageException {
    public CommitOutcomeUnknown(String message) {
        super(message);
    }

    public CommitOutcomeUnknown(String message, Throwable cause) {
        super(message, cause);
    }
}
