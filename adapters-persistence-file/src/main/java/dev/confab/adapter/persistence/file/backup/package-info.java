/**
 * Backups of a directory that is open: {@link dev.confab.adapter.persistence.file.backup.DirectoryBackup} copies it while commits and
 * checkpoints go on, and the copy is the state of one moment.
 */
@NullMarked
package dev.confab.adapter.persistence.file.backup;

import org.jspecify.annotations.NullMarked;
