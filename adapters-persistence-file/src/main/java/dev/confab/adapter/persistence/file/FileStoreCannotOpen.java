package dev.confab.adapter.persistence.file;

/** The data directory cannot be opened: it is in use, cannot be written, has another format or is damaged. The message says what to do. */
public final class FileStoreCannotOpen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FileStoreCannotOpen(String message, Throwable cause) {
        super(message, cause);
    }
}
