package dev.confab.adapter.web.archive;

import dev.confab.application.Archives.Backups.Made;

/** A backup that was made. */
public record BackupJson(String location, long files, long bytes) {
    static BackupJson from(Made made) {
        return new BackupJson(made.location(), made.files(), made.bytes());
    }
}
