package dev.confab.adapter.persistence.file;

/**
 * Where a journal that was replayed ends.
 *
 * @param bytes in segments that no checkpoint covers yet
 */
record JournalPosition(long segment, long batch, long commit, long bytes) {
    /** With no number that was used before; a purged conversation takes its commits' numbers along. */
    JournalPosition after(long usedCommit) {
        return new JournalPosition(segment, batch, Math.max(commit, usedCommit), bytes);
    }
}
