package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.recovery.FormatFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Opens a data directory: locks it, gives it to the store, and says in one kind of exception why that failed. */
final class Opening {
    private Opening() {
    }

    /** Makes the store of a directory that is locked. */
    interface Maker {
        FileStore make(Layout layout, DirectoryLock lock) throws IOException;
    }

    static FileStore open(FileStoreSettings settings, Disk disk, Maker maker) {
        var layout = new Layout(settings.directory());
        try {
            new FormatFile(disk, layout).createDirectories();
            DirectoryLock lock = DirectoryLock.acquire(disk, layout);
            try {
                return maker.make(layout, lock);
            } catch (IOException | RuntimeException e) {
                lock.release();
                throw e;
            }
        } catch (DirectoryRefused e) {
            throw new FileStoreCannotOpen(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw cannotOpen(settings, e);
        } catch (UncheckedIOException e) {
            throw cannotOpen(settings, Objects.requireNonNull(e.getCause()));
        }
    }

    private static FileStoreCannotOpen cannotOpen(FileStoreSettings settings, IOException e) {
        return new FileStoreCannotOpen("The data directory " + settings.directory().toAbsolutePath()
                + " cannot be used: " + IoReason.of(e), e);
    }
}
