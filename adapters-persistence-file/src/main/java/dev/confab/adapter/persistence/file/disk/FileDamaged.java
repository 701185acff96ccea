package dev.confab.adapter.persistence.file.disk;

/** A file does not hold what the store wrote to it. */
public final class FileDamaged extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong with the file, as a sentence without its full stop */
    public FileDamaged(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
