package dev.confab.domain.port;

/** The conversation stayed locked for too long, or the wait for it was interrupted. Nothing is recorded (S8, S15). */
public final class LockTimeout extends StorageException {
    public LockTimeout(String message) {
        super(message);
    }

    public LockTimeout(String message, Throwable cause) {
        super(message, cause);
    }
}
