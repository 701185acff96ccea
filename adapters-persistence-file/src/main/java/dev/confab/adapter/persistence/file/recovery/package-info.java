/**
 * The steps that open a data directory:
 *
 * <ol>
 * <li>Missing directories are created, and the version of the format is checked.
 * <li>{@link dev.confab.adapter.persistence.file.recovery.HeadRecovery} reads every head and checks the checksums of its messages file.
 * Files of a damaged conversation go to quarantine.
 * <li>{@link dev.confab.adapter.persistence.file.recovery.JournalReplay} reads the journal and repeats the commits that heads do not hold.
 * It cuts off a torn write at the end, and refuses the directory when the journal is damaged elsewhere, or when it lacks what the
 * {@link dev.confab.adapter.persistence.file.journal.HighWaterMark} demands.
 * <li>Messages files without a head are deleted if the journal had their messages, and go to quarantine if not.
 * </ol>
 */
@NullMarked
package dev.confab.adapter.persistence.file.recovery;

import org.jspecify.annotations.NullMarked;
