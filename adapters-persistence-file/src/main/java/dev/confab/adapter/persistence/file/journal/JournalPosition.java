package dev.confab.adapter.persistence.file.journal;

/**
 * Where the journal continues after the store was opened.
 *
 * @param segment the number of the last segment with a line
 * @param batch the number of the last line
 * @param commit the highest number that any commit has had; numbers are not used again
 * @param bytes in segments that no checkpoint covers
 */
public record JournalPosition(long segment, long batch, long commit, long bytes) {
}
