package dev.confab.bootstrap.store.file;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.backup.BackupReport;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.application.Archives.Backups;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Copies the data directory into new directories below one that the settings name, each with the time as its name. */
record FileBackups(FileStore store, Optional<Path> below, Clock clock) implements Backups {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss-SSS'Z'")
            .withZone(ZoneOffset.UTC);

    @Override
    public Made make() {
        Path target = below
                .orElseThrow(() -> new Unavailable("Set confab.file.backup-directory, and restart the server."))
                .toAbsolutePath().normalize().resolve(NAME.format(clock.instant()));
        try {
            BackupReport done = store.backup(target);
            return new Made(target.toString(), done.files(), done.bytes());
        } catch (IOException e) {
            throw new StorageUnavailable("the backup failed: " + IoReason.of(e), e);
        }
    }
}
