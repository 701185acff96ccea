package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.work.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Transaction functions that share one commit. Guarded by the monitor of its {@link ConversationQueue}. */
final class CommitBatch {
    private static final int MAX_FUNCTIONS = 256;
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    final PendingChange pending;
    final List<PendingWork> functions = new ArrayList<>();
    /** Completed once every function has its outcome. */
    final CompletableFuture<Void> done = new CompletableFuture<>();
    private long bytes;
    private boolean sealed;

    CommitBatch(Optional<Conversation> before) {
        this.pending = new PendingChange(before);
    }

    /**
     * Whether a function with this change may join. A change that truncates needs a batch of its own: the insert of an
     * earlier function's messages checks that their ids are absent.
     *
     * @param alone whether the function must not share its commit
     */
    boolean admits(Optional<Change> change, boolean alone) {
        return !sealed && !(alone && !functions.isEmpty()) && functions.size() < MAX_FUNCTIONS
                && (functions.isEmpty() || change.isEmpty()
                        || TransactionView.keepsAll(change.get()) && bytes + weight(change.get()) <= MAX_BYTES);
    }

    void join(PendingWork work, Optional<Change> change, boolean alone) {
        functions.add(work);
        change.ifPresent(recorded -> {
            pending.add(recorded);
            bytes += weight(recorded);
        });
        // Nothing follows a purge, which deletes the row.
        if (alone || pending.isChanged() && pending.head().isEmpty()) {
            seal();
        }
    }

    /** No function may join any more. */
    void seal() {
        sealed = true;
    }

    void complete(CommitOutcome outcome) {
        functions.forEach(work -> work.complete(outcome));
        done.complete(null);
    }

    /** Of messages only: the sessions and turns of a conversation are few, however many functions change them. */
    private static long weight(Change change) {
        return change.appended().stream().mapToLong(Message::weight).sum()
                + change.edited().stream().mapToLong(Message::weight).sum();
    }
}
