package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.work.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Works that share one commit. */
final class CommitBatch {
    private static final int MAX_WORKS = 256;
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    final PendingChange pending;
    final List<PendingWork> works = new ArrayList<>();
    /** Completed, with nothing, once every work was told. */
    final CompletableFuture<Void> done = new CompletableFuture<>();
    private long bytes;
    private boolean sealed;

    CommitBatch(Optional<Conversation> below) {
        this.pending = new PendingChange(below);
    }

    /**
     * Whether a work with this change may join. One that truncates begins a batch of its own: what an earlier work appended must
     * be inserted for its assumptions to be checked. And nothing follows a purge, which ends the row.
     */
    boolean admits(Optional<Change> change, boolean alone) {
        return !sealed && !(alone && !works.isEmpty()) && works.size() < MAX_WORKS
                && (works.isEmpty() || change.isEmpty()
                        || TransactionView.keepsAll(change.get()) && bytes + weight(change.get()) <= MAX_BYTES);
    }

    void join(PendingWork work, Optional<Change> change, boolean alone) {
        works.add(work);
        change.ifPresent(recorded -> {
            pending.add(recorded);
            bytes += weight(recorded);
        });
        if (alone || pending.isChanged() && pending.head().isEmpty()) {
            seal();
        }
    }

    /** From now on nobody joins. */
    void seal() {
        sealed = true;
    }

    /** Of messages only: of sessions and turns a pending keeps no more than there may be, however many works change them. */
    private static long weight(Change change) {
        return change.appended().stream().mapToLong(Message::weight).sum()
                + change.edited().stream().mapToLong(Message::weight).sum();
    }
}
