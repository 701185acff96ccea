package dev.confab.adapter.chatexport.file;

import java.io.IOException;

/** An archive reached a bound of {@code ArchiveBudget}, which no real export does. The message names the bound. */
public final class ArchiveTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    ArchiveTooLarge(String message) {
        super(message);
    }
}
