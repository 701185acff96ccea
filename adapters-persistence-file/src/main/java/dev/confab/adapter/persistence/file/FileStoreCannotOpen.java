package dev.confab.adapter.persistence.file;

/** The directory cannot be served: in use, not writable, of a newer format, or damaged. The message says which and what to do. */
public final class FileStoreCannotOpen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FileStoreCannotOpen(String message) {
        super(message);
    }

    public FileStoreCannotOpen(String message, Throwable cause) {
        super(message, cause);
    }
}
