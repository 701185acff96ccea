package dev.confab.adapter.persistence.file.backup;

/** The result of a backup. */
public record BackupReport(long files, long bytes) {
}
