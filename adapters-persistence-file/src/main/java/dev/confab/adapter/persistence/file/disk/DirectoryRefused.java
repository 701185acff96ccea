package dev.confab.adapter.persistence.file.disk;

import java.io.IOException;

/** The data directory cannot be used. The message names the directory, the reason and what to do. */
public final class DirectoryRefused extends IOException {
    private static final long serialVersionUID = 1L;

    public DirectoryRefused(String message) {
        super(message);
    }
}
