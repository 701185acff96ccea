package dev.confab.adapter.persistence.file.disk;

import java.io.IOException;

/** A file does not hold what the store wrote to it. */
public final class FileDamaged extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param reason what is wrong with the file, as a sentence without its full stop */
    public FileDamaged(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
