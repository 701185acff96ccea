package dev.confab.adapter.persistence.file.health;

import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.DirectoryLost;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Disk.ForceFailed;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes files of the data directory outside of the journal. Each failure is reported as what is known of its outcome, and stops the
 * store if the disk or the directory can no longer be relied on.
 *
 * @param content what the files hold, as in "the API keys cannot be written"
 */
public record GuardedWrites(Disk disk, Layout layout, DirectoryLock lock, HealthMonitor health, String content) {

    /** Writes to the data directory. */
    @FunctionalInterface
    public interface Write {
        void run() throws IOException;
    }

    /** Throws {@link StorageUnavailable} if the store has stopped. */
    public void refuseIfStopped() {
        health.failure().ifPresent(failure -> {
            throw new StorageUnavailable(failure);
        });
    }

    /** Writes what has no effect yet, or may be lost; throws {@link StorageUnavailable} if that fails. */
    public void prepare(Write write) {
        try {
            lock.check();
            write.run();
        } catch (ForceFailed | DirectoryLost e) {
            health.stop(e);
            throw new StorageUnavailable(health.failure().orElse(""), e);
        } catch (IOException e) {
            throw new StorageUnavailable("the " + content + " cannot be written: " + IoReason.of(e), e);
        }
    }

    /**
     * Replaces a file in the root of the directory. Until the rename, which ends the write, the old file is there; so that is the last
     * moment at which the outcome of a failure is known. After it a failure throws {@link CommitOutcomeUnknown}.
     */
    public void replace(Write write) {
        replace(layout.root(), write);
    }

    /** The same for a file in another directory. */
    public void replace(Path directory, Write write) {
        prepare(write);
        try {
            disk.forceDirectory(directory);
            // As for a commit: no other process may have opened the directory before the force.
            lock.check();
        } catch (IOException e) {
            health.stop(e);
            throw new CommitOutcomeUnknown(health.failure().orElse(""), e);
        }
    }
}
