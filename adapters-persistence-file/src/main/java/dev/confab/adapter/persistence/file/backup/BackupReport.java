package dev.confab.adapter.persistence.file.backup;

/** What a backup has copied. */
public record BackupReport(long files, long bytes) {
}
