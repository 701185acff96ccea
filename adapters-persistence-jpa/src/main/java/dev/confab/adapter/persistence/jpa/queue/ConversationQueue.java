package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.Committed;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.Failed;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.RunAgain;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.Unknown;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.work.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The transaction functions of one conversation in this instance, from their first run to their commit.
 *
 * <p>Functions run one at a time, each on its caller's thread while it holds the {@link #writePermit}, over what the
 * functions before it recorded, committed or not. What they recorded waits in batches. One batch is committed at a
 * time; functions that run meanwhile join the next. So a lone function commits at once, many functions share a commit,
 * and no connection is held while a function waits or runs.
 *
 * <p>This is serial (S3) for two reasons. A batch is committed only if the row still has the revision that it was built
 * on, so functions take effect in the order in which they ran. And a function gets its outcome only when its batch,
 * and so all batches before it, is committed. When a batch is not committed, the batches after it were built on a state
 * that never existed: their functions, and the one that may be running (see {@code epoch}), run again.
 *
 * <p>The mutable fields are guarded by the queue's monitor.
 */
final class ConversationQueue {
    final ConversationId id;
    /** Fair: functions run in the order in which their callers came. */
    final Semaphore writePermit = new Semaphore(1, true);
    /** Calls of {@code transact} for this conversation; changed only by {@link TransactionRunner}, atomically in its map of queues. */
    int users;
    /** The row that the first batch is built on, or the next batch will be; null when it is not known here. */
    private @Nullable KnownRow base;
    private final Deque<CommitBatch> batches = new ArrayDeque<>();
    private boolean committing;
    /** How often batches were dropped: a function that ran before ran over something that was not committed. */
    private long epoch;

    ConversationQueue(ConversationId id) {
        this.id = id;
    }

    /** The state over which a function runs: the row, unless the caller must load it, and the changes over it. */
    record Snapshot(Optional<KnownRow> known, List<PendingChange> pending, long epoch) {
    }

    /** Only for the holder of the write permit. */
    synchronized Snapshot snapshot() {
        return new Snapshot(Optional.ofNullable(base), batches.stream().map(batch -> batch.pending).toList(), epoch);
    }

    /** @param startCommitting whether the caller must start to commit the queue's batches, since no one does */
    record Joined(PendingWork work, boolean startCommitting) {
    }

    /**
     * Adds a function, which ran over {@code known}, to a batch. Only for the holder of the write permit. Empty when
     * batches that the function ran over have been dropped since: it must run again.
     */
    synchronized Optional<Joined> join(KnownRow known, long epochSeen, Optional<Change> change, boolean alone) {
        if (epoch != epochSeen) {
            return Optional.empty();
        }
        if (base == null) {
            base = known;
        }
        var work = new PendingWork(change.isPresent());
        openBatch(change, alone).join(work, change, alone);
        boolean start = !committing;
        committing = true;
        return Optional.of(new Joined(work, start));
    }

    private CommitBatch openBatch(Optional<Change> change, boolean alone) {
        CommitBatch last = batches.peekLast();
        if (last != null && last.admits(change, alone)) {
            return last;
        }
        var next = new CommitBatch(last != null ? last.pending.head() : known().head());
        batches.add(next);
        return next;
    }

    /** Closes the next batch to further functions and returns it. */
    synchronized NextCommit next() {
        CommitBatch first = batches.getFirst();
        first.seal();
        return new NextCommit(first, known());
    }

    /** A batch, which is to be committed if the row still is {@code base}. */
    record NextCommit(CommitBatch batch, KnownRow base) {
    }

    private KnownRow known() {
        if (base == null) {
            throw new IllegalStateException("a batch without the row that it is built on");
        }
        return base;
    }

    /** Returns once no batch waits. Only for the holder of the write permit, so that none is added meanwhile. */
    void awaitIdle() {
        CommitBatch last;
        synchronized (this) {
            last = batches.peekLast();
        }
        if (last != null) {
            last.done.join();
        }
    }

    /** Forgets the row, because it is about to be changed without a batch. Call it after {@link #awaitIdle}, with the permit held. */
    synchronized void forget() {
        base = null;
    }

    /** Ends the first batch; if it was not committed, also those after it. Returns whether another one waits. */
    boolean end(CommitOutcome outcome) {
        return switch (outcome) {
            case Committed(KnownRow after) -> {
                CommitBatch batch;
                boolean more;
                synchronized (this) {
                    batch = batches.removeFirst();
                    more = !batches.isEmpty();
                    base = after;
                    committing = more;
                }
                batch.complete(outcome);
                yield more;
            }
            case RunAgain _,Failed _,Unknown _ -> {
                List<CommitBatch> dropped = dropAll();
                dropped.getFirst().complete(outcome);
                dropped.stream().skip(1).forEach(batch -> batch.complete(outcome.ofLaterBatches()));
                yield false;
            }
        };
    }

    /** @return at least one batch */
    private synchronized List<CommitBatch> dropAll() {
        List<CommitBatch> dropped = List.copyOf(batches);
        batches.clear();
        base = null;
        committing = false;
        epoch++;
        return dropped;
    }
}
