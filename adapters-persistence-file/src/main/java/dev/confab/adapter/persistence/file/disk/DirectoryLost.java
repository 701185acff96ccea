package dev.confab.adapter.persistence.file.disk;

import java.io.IOException;
import java.nio.file.Path;

/** The path of the data directory no longer leads to the files that this process has opened. */
public final class DirectoryLost extends IOException {
    private static final long serialVersionUID = 1L;

    DirectoryLost(Path file) {
        super("the data directory is no longer the one that was opened: " + file
                + " was removed, moved or replaced. Stop this process, and put the directory back before you start it again");
    }
}
