package dev.confab.benchmarks;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreObserver;
import dev.confab.adapter.persistence.file.FileStoreSettings;
import java.nio.file.Path;
import java.time.Duration;

/** Opens file stores with the default settings, but with a lock timeout that is longer than a checkpoint on a busy disk. */
final class Stores {
    private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(2);

    private Stores() {
    }

    static FileStore open(Path directory) {
        return open(directory, new FileStoreObserver() {
        });
    }

    static FileStore open(Path directory, FileStoreObserver observer) {
        var usual = FileStoreSettings.of(directory);
        return FileStore.open(new FileStoreSettings(directory, LOCK_TIMEOUT, usual.checkpointBytes(),
                usual.idleCheckpoint(), usual.cacheBytes(), usual.salvage()), observer);
    }
}
