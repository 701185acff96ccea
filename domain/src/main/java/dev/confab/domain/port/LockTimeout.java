package dev.confab.domain.port;

/** The work did not get its conversation in time, or its wait was interrupted. Certainly nothing is recorded (S8, S15). */
public final class LockTimeout extends StorageException {
    private static final long serialVersionUID = 1L;

    public LockTimeout(String message) {
        super(message);
    }

    public LockTimeout(String message, Throwable cause) {
        super(message, cause);
    }
}
