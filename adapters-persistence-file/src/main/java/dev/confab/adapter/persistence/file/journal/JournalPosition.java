package dev.confab.adapter.persistence.file.journal;

/**
 * Where the journal continues after the store was opened: the numbers of the last segment with a line, of the last line, and of the last
 * commit; numbers are not used again.
 *
 * @param checkpointed number of the last line that heads hold for certain
 * @param bytes of the segments that no checkpoint covers
 */
public record JournalPosition(long segment, long checkpointed, long batch, long commit, long bytes) {
}
