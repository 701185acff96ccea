package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.journal.Journal;
import dev.confab.adapter.persistence.file.journal.PendingCommit;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.work.Change;

/**
 * The write permit of one conversation, in the hands of a caller. Closing it releases it, unless the caller has abandoned a commit: then
 * the journal's thread releases it when that commit is done, so that no other write comes in between.
 */
final class WritePermit implements AutoCloseable {
    private final ConversationTable table;
    private final ConversationEntry entry;
    private boolean abandoned;

    /** @param entry whose permit the table has just given to the caller */
    WritePermit(ConversationTable table, ConversationEntry entry) {
        this.table = table;
        this.entry = entry;
    }

    ConversationEntry entry() {
        return entry;
    }

    /**
     * Commits the change and waits until it is durable; throws as {@link PendingCommit#await}, or when the deadline passes.
     *
     * @param removedWeight of the messages that the change removes or replaces
     */
    void commit(Change change, long removedWeight, Journal journal, long deadlineNanos) {
        var commit = new PendingCommit(entry, change, removedWeight, () -> table.release(entry));
        journal.submit(commit);
        abandoned = !commit.await(deadlineNanos);
        if (abandoned) {
            throw new CommitOutcomeUnknown("the disk did not answer in time; the commit may still be made");
        }
    }

    @Override
    public void close() {
        if (!abandoned) {
            table.release(entry);
        }
    }
}
