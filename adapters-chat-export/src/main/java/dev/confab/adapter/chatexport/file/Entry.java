package dev.confab.adapter.chatexport.file;

import java.io.IOException;
import java.io.InputStream;

/** One of the texts that a file to import contains. */
public final class Entry {
    /** Opens the bytes. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    private final String name;
    private final Opener opener;

    Entry(String name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    /** The name as the archive has it, such as {@code general/2024-05-01.json}. It is a name and never a path. */
    public String name() {
        return name;
    }

    /** What follows the last slash of the name. */
    public String lastName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** What precedes the last slash of the name; empty without one. */
    public String folder() {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    /**
     * The bytes, from the beginning. Reading throws {@link ArchiveTooLarge} at a bound, and {@link IOException} where the archive is
     * damaged.
     */
    public InputStream open() throws IOException {
        return opener.open();
    }
}
