package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.adapter.persistence.jpa.queue.PendingWork.Because;
import dev.confab.adapter.persistence.jpa.queue.PendingWork.Verdict;
import dev.confab.adapter.persistence.jpa.queue.PendingWork.Verdict.Committed;
import dev.confab.adapter.persistence.jpa.queue.PendingWork.Verdict.Failed;
import dev.confab.adapter.persistence.jpa.queue.PendingWork.Verdict.Rerun;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.work.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One conversation's works in this instance, on their way from the first run to the commit.
 *
 * <p>Works run one at a time, each on its caller's thread while it holds the {@link #writePermit}, and each over what the ones before it
 * recorded, committed or not. What they recorded waits in batches; one batch is being committed at any time, and those that run
 * meanwhile gather in the next. So a lone work commits at once, and many share committer, with no connection held while a work
 * waits or runs.
 *
 * <p>Why that is serial (S3): a batch is committed only if the row still is what the batch was built on, so works take effect in
 * the order they ran; and a work is told its outcome only when its batch, and by their order all before it, are committed. When
 * a batch does not commit, every later one was built on something that never was: all their works, and the one that may be
 * running ({@code epoch}), are run again.
 */
final class ConversationQueue {
    final ConversationId id;
    /** Fair: works run in the order they came. */
    final Semaphore writePermit = new Semaphore(1, true);
    /** Calls that are in {@code transact} for this conversation; guarded by {@link ConversationQueues}. */
    int users;

    /** What the first batch is built on, or the next one will be; null when that is not known here. Like the rest, guarded by this. */
    private @Nullable KnownRow base;
    private final Deque<CommitBatch> batches = new ArrayDeque<>();
    private boolean committing;
    private long epoch;

    ConversationQueue(ConversationId id) {
        this.id = id;
    }

    /**
     * What a work starts from.
     *
     * @param known empty when it is not known here: then it is for the caller to find out
     */
    record Snapshot(Optional<KnownRow> known, List<PendingChange> pending, long epoch) {
    }

    /** For the holder of the write permit. */
    synchronized Snapshot snapshot() {
        return new Snapshot(Optional.ofNullable(base), batches.stream().map(batch -> batch.pending).toList(), epoch);
    }

    /** What a work that has run waits for, and whether somebody must be set to commit. */
    record Joined(PendingWork work, boolean startCommitting) {
    }

    /**
     * Puts a work that ran into a batch. For the holder of the write permit.
     *
     * @param known what the work's run started from, the same as in the snapshot if there was one
     * @return empty when what the work ran over has been dropped since: it must run again
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
        Optional<Conversation> below = last != null ? last.pending.head() : known().head();
        var next = new CommitBatch(below);
        batches.add(next);
        return next;
    }

    /** The next batch, to which nobody is added any more, and what it is built on. */
    synchronized NextCommit next() {
        CommitBatch first = batches.getFirst();
        first.seal();
        return new NextCommit(first, known());
    }

    /** A batch to be committed if the row still is what it is built on. */
    record NextCommit(CommitBatch batch, KnownRow base) {
    }

    private KnownRow known() {
        if (base == null) {
            throw new IllegalStateException("batches built on nothing");
        }
        return base;
    }

    /** Returns once no batch is waiting. For the holder of the write permit, so that none is added meanwhile. */
    void awaitIdle() {
        CommitBatch last;
        synchronized (this) {
            last = batches.peekLast();
        }
        if (last != null) {
            last.done.join();
        }
    }

    /** Forgets what the row was: it is changed without a batch. For the holder of the write permit, while no batch is waiting. */
    synchronized void forget() {
        base = null;
    }

    /**
     * Ends the first batch.
     *
     * @return whether another one waits
     */
    boolean committed(CommitBatch batch, KnownRow after) {
        boolean more;
        synchronized (this) {
            batches.removeFirst();
            more = !batches.isEmpty();
            base = after;
            committing = more;
        }
        tell(batch, new Committed());
        return more;
    }

    /** The row is not what the first batch was built on, or assumed. */
    void lost(Because why) {
        dropAll().forEach(batch -> tell(batch, new Rerun(why)));
    }

    /** The first batch certainly did not commit. */
    void failed(Failed failure, boolean mayBeOneWorks) {
        List<CommitBatch> dropped = dropAll();
        CommitBatch first = dropped.getFirst();
        boolean single = first.works.size() == 1;
        tell(first, mayBeOneWorks && !single ? new Rerun(Because.ONE_OF_MANY_FAILED) : failure);
        dropped.subList(1, dropped.size()).forEach(batch -> tell(batch, new Rerun(Because.BUILT_ON_NOTHING)));
    }

    /** Nobody knows whether the first batch committed. */
    void unknown(Throwable cause) {
        List<CommitBatch> dropped = dropAll();
        CommitBatch first = dropped.getFirst();
        for (PendingWork work : first.works) {
            work.tell(work.recorded
                    ? new Failed(() -> new CommitOutcomeUnknown("the connection failed during the commit", cause))
                    : new Rerun(Because.BUILT_ON_NOTHING));
        }
        first.done.complete(null);
        dropped.subList(1, dropped.size()).forEach(batch -> tell(batch, new Rerun(Because.BUILT_ON_NOTHING)));
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

    private static void tell(CommitBatch batch, Verdict verdict) {
        batch.works.forEach(work -> work.tell(verdict));
        batch.done.complete(null);
    }
}
