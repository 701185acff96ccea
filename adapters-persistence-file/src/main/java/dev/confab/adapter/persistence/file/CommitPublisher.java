package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.checkpoint.CheckpointThread;
import dev.confab.adapter.persistence.file.journal.ForcedCommits;
import dev.confab.adapter.persistence.file.journal.JournalBacklog;
import dev.confab.adapter.persistence.file.journal.PendingCommit;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.memory.StateIndexes;
import dev.confab.adapter.persistence.file.search.SearchIndex;
import dev.confab.domain.port.ChangeFeed;

/**
 * Makes forced commits visible, on the journal's thread and in the order of the commits. It publishes the new state first, and only then
 * passes the commit to the search index and the change feed, because their readers read that state.
 */
record CommitPublisher(StateIndexes indexes, SearchIndex search, JournalBacklog backlog, long checkpointBytes,
        CheckpointThread.Signal checkpointDue, InProcessFeed feed,
        FileStoreObserver observer) implements ForcedCommits {

    @Override
    public void batchForced(int commits, long bytes, long forceNanos) {
        observer.batchForced(commits, bytes, forceNanos);
    }

    @Override
    public void publish(PendingCommit commit, long number) {
        ConversationEntry entry = commit.entry();
        ConversationState before = entry.state();
        ConversationState after = before.after(commit.change(), commit.removedWeight(), number);
        indexes.publish(entry, after);
        search.add(commit.change(), number);
        if (backlog.bytes() >= checkpointBytes) {
            checkpointDue.set();
        }
        after.head().or(before::head).filter(head -> !head.isStaged())
                .ifPresent(head -> feed.report(new ChangeFeed.Hint(entry.id(), head.owner(), after.revision())));
    }
}
