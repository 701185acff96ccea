package dev.confab.adapter.persistence.file.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A file that is kept open, and whether its path still leads to it. It costs one look at the file's attributes. */
public final class OpenedFile {
    private final Disk disk;
    private final Path path;
    private final Optional<Object> identity;

    /** For a file that was just opened and stays open: while it is open, no other file can get its identity. */
    public OpenedFile(Disk disk, Path path) throws IOException {
        this(disk, path, disk.identity(path));
    }

    OpenedFile(Disk disk, Path path, Optional<Object> identity) {
        this.disk = disk;
        this.path = path;
        this.identity = identity;
    }

    /** Throws {@link DirectoryLost} when the path leads elsewhere. */
    public void check() throws IOException {
        Optional<Object> now = disk.identity(path);
        if (now.isEmpty() || !now.equals(identity)) {
            throw new DirectoryLost(path);
        }
    }
}
