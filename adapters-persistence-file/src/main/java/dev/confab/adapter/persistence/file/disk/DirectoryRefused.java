package dev.confab.adapter.persistence.file.disk;

import java.io.IOException;

/** The data directory cannot be used. The message names the directory, the reason and what to do. */
public sealed class DirectoryRefused extends IOException permits DirectoryInUse {
    private static final long serialVersionUID = 1L;

    public DirectoryRefused(String message) {
        super(message);
    }
}
