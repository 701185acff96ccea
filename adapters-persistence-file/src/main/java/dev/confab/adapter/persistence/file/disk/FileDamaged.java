package dev.confab.adapter.persistence.file.disk;

import java.io.IOException;

/** The content of a file is not what the store wrote. */
public final class FileDamaged extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param reason the error of the file, as a sentence without its full stop */
    public FileDamaged(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
