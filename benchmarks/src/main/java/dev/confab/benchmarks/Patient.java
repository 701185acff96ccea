package dev.confab.benchmarks;

import dev.confab.adapter.persistence.file.FileStoreSettings;
import java.nio.file.Path;
import java.time.Duration;

/** The usual settings, but with a wait that outlasts a checkpoint on a busy disk: whoever builds a data set has time. */
final class Patient {
    private static final Duration WAIT = Duration.ofMinutes(2);

    private Patient() {
    }

    static FileStoreSettings settings(Path directory) {
        var usual = FileStoreSettings.of(directory);
        return new FileStoreSettings(directory, WAIT, usual.checkpointBytes(), usual.idleCheckpoint(),
                usual.cacheBytes(), usual.salvage());
    }
}
