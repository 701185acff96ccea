package dev.confab.domain.port;

/** The commit was under way when the storage failed: it may be recorded, whole, or not at all (S15). */
public final class CommitOutcomeUnknown extends StorageException {
    private static final long serialVersionUID = 1L;

    public CommitOutcomeUnknown(String message) {
        super(message);
    }

    public CommitOutcomeUnknown(String message, Throwable cause) {
        super(message, cause);
    }
}
