package dev.confab.domain.port;

/** The storage is full, broken or closed. Nothing is recorded (S15). */
public final class StorageUnavailable extends StorageException {
    public StorageUnavailable(String message) {
        super(message);
    }

    public StorageUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
