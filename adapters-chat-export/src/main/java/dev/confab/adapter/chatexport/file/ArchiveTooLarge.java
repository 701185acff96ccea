package dev.confab.adapter.chatexport.file;

import java.io.IOException;

/** An archive contains more than an export does. */
public final class ArchiveTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    ArchiveTooLarge(String message) {
        super(message);
    }
}
