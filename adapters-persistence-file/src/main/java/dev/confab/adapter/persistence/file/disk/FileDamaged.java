package dev.confab.adapter.persistence.file.disk;

/** A file does not hold what the store wrote to it. */
public final class FileDamaged extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason what is wrong with the file, as a sentence without its full stop */
    public FileDamaged(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
