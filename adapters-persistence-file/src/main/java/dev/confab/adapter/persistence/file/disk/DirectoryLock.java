package dev.confab.adapter.persistence.file.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock of the data directory. Removing or replacing the lock file, or moving the directory, takes the lock from this process
 * unnoticed: another process then locks a new file. So {@link #check} must come after a force and before what was forced is
 * acknowledged: when it succeeds, no other process has opened the directory before the force.
 */
public final class DirectoryLock implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);

    private final Closeable held;
    private final OpenedFile file;

    private DirectoryLock(Closeable held, OpenedFile file) {
        this.held = held;
        this.file = file;
    }

    /** Locks the directory; throws {@link DirectoryInUse} when another process holds the lock. */
    public static DirectoryLock acquire(Disk disk, Layout layout) throws IOException {
        while (true) {
            Optional<Object> before = disk.identity(layout.lock());
            Closeable held = disk.lock(layout.root(), layout.lock());
            // The lock is on the file that was opened, the identity is that of the path. They differ if the file was replaced meanwhile.
            if (before.isPresent() && before.equals(disk.identity(layout.lock()))) {
                return new DirectoryLock(held, new OpenedFile(disk, layout.lock(), before));
            }
            held.close();
        }
    }

    /** Throws {@link DirectoryLost} when the lock file is not under its path any more. */
    public void check() throws IOException {
        file.check();
    }

    /** Unlocks the directory. A failure is logged: the lock ends with this process anyway. */
    public void release() {
        try {
            close();
        } catch (IOException e) {
            LOG.warn("File store: unlocking the data directory failed; the lock ends with this process: {}",
                    e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
