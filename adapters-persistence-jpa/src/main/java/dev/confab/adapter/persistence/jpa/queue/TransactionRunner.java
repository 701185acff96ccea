package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.adapter.persistence.jpa.commit.StoredRows;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.Committed;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.Failed;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.Reason;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.RunAgain;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.Unknown;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs transaction functions: each in its conversation's queue, and again when the state that it ran over was not
 * committed.
 */
public final class TransactionRunner {
    /** The queues of the conversations that are being written now. */
    private final ConcurrentHashMap<ConversationId, ConversationQueue> queues = new ConcurrentHashMap<>();
    private final WriterThreads threads;
    private final BatchCommitter committer;
    private final StoredRows rows;
    private final Duration lockTimeout;
    private final LongSupplier nanoTime;
    private final WriteObserver observer;

    /** @param nanoTime the clock of the waiting time, {@link System#nanoTime} */
    public TransactionRunner(WriterThreads threads, BatchCommitter committer, StoredRows rows, Duration lockTimeout,
            LongSupplier nanoTime,
            WriteObserver observer) {
        this.threads = threads;
        this.committer = committer;
        this.rows = rows;
        this.lockTimeout = lockTimeout;
        this.nanoTime = nanoTime;
        this.observer = observer;
    }

    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        UnitOfWork.requireOutsideTransaction();
        ConversationQueue queue = enter(id);
        try {
            return new Call<>(queue, work).get();
        } finally {
            leave(queue);
        }
    }

    private ConversationQueue enter(ConversationId id) {
        return queues.compute(id, (key, present) -> {
            ConversationQueue queue = present == null ? new ConversationQueue(key) : present;
            queue.users++;
            return queue;
        });
    }

    /** Removes the queue when no other call uses it. */
    private void leave(ConversationQueue queue) {
        queues.compute(queue.id, (_, _) -> --queue.users > 0 ? queue : null);
    }

    /** One call of {@code transact}: as many runs of its function as necessary, within the time limit of waiting. */
    private final class Call<R> {
        /** After this many lost races the row is locked: otherwise a slower instance might lose every race. */
        private static final int RACES_BEFORE_LOCKING = 3;

        private final ConversationQueue queue;
        private final Function<ConversationTransaction, R> work;
        private long deadline = nanoTime.getAsLong() + lockTimeout.toNanos();
        /** Whether to look every message id up; see {@link TransactionView}. */
        private boolean careful;
        /** Whether to share the commit with no other function. */
        private boolean alone;
        private int racesLost;
        private boolean ranBefore;

        Call(ConversationQueue queue, Function<ConversationTransaction, R> work) {
            this.queue = queue;
            this.work = work;
        }

        R get() {
            while (true) {
                Optional<Ran<R>> settled = racesLost < RACES_BEFORE_LOCKING ? together() : locked();
                if (settled.isPresent()) {
                    return settled.get().outcome();
                }
                if (nanoTime.getAsLong() > deadline) {
                    throw new LockTimeout("conversation " + queue.id
                            + " was changed by other instances again and again until the time limit");
                }
            }
        }

        /** A run over the known row and the pending changes; empty when the function must run again. */
        private Optional<Ran<R>> together() {
            PendingWork pending;
            Ran<R> ran;
            acquirePermit();
            try {
                ConversationQueue.Snapshot snapshot = queue.snapshot();
                Optional<KnownRow> here = snapshot.known().or(() -> committer.remembered(queue.id));
                KnownRow known = here
                        .orElseGet(() -> threads.onConnection(connection -> rows.load(connection, queue.id)));
                var view = new TransactionView(queue.id, known, snapshot.pending(), rows, threads::onConnection,
                        careful);
                ran = run(view);
                if (!view.isAnswered(ran.change())) {
                    careful = true;
                    view = view.carefully();
                    ran = run(view);
                }
                if (isVoid(view)) {
                    return Optional.empty();
                }
                if (here.isEmpty() && ran.change().isEmpty() && view.restsOnHeadAlone()) {
                    return Optional.of(ran);
                }
                Optional<ConversationQueue.Joined> joined = queue.join(known, snapshot.epoch(), ran.change(), alone);
                if (joined.isEmpty()) {
                    return Optional.empty();
                }
                if (joined.get().startCommitting()) {
                    committer.start(queue);
                }
                pending = joined.get().work();
            } finally {
                queue.writePermit.release();
            }
            return settle(pending.await(), ran);
        }

        /** The run, when its outcome is final; empty when the function must run again. */
        private Optional<Ran<R>> settle(CommitOutcome outcome, Ran<R> ran) {
            return switch (outcome) {
                case Committed _ -> Optional.of(ran);
                case RunAgain(Reason reason) -> {
                    switch (reason) {
                        case RACE_LOST -> racesLost++;
                        case ID_TAKEN -> careful = true;
                        case SHARED_COMMIT_FAILED -> alone = true;
                        case BASE_NOT_COMMITTED -> {
                            // The next run is like this one.
                        }
                    }
                    yield Optional.empty();
                }
                case Failed failed -> throw failed.error().get();
                case Unknown unknown -> throw unknown.error();
            };
        }

        /** A run with the row locked in the database; empty when the function must run again. */
        private Optional<Ran<R>> locked() {
            acquirePermit();
            try {
                queue.awaitIdle();
                queue.forget();
                try (LockedRow row = LockedRow.lock(queue.id, threads, rows)) {
                    var view = new TransactionView(queue.id, row.known(), List.of(), rows, row::read, true);
                    Ran<R> ran = run(view);
                    if (isVoid(view)) {
                        return Optional.empty();
                    }
                    return ran.change().isEmpty()
                            ? Optional.of(ran)
                            : settle(commit(row, ran.change().get()), ran);
                }
            } finally {
                queue.writePermit.release();
            }
        }

        private CommitOutcome commit(LockedRow row, Change change) {
            var pending = new PendingChange(row.known().head());
            pending.add(change);
            committer.forget(queue.id);
            CommitOutcome outcome = row.commit(pending);
            if (outcome instanceof Committed(KnownRow after)) {
                committer.committed(queue.id, pending, row.known(), after);
            }
            return outcome;
        }

        private Ran<R> run(TransactionView view) {
            long start = nanoTime.getAsLong();
            try {
                var outcome = UnitOfWork.run(queue.id, view, work);
                return new Ran<>(outcome.change(), outcome::result);
            } catch (RuntimeException | Error thrown) {
                return new Ran<>(Optional.empty(), () -> {
                    throw thrown;
                });
            } finally {
                // The time limit is one of waiting; the function may take its time.
                deadline += nanoTime.getAsLong() - start;
            }
        }

        /** Whether the run must be ignored. If a look-up failed, throws its error, even if the function caught it. */
        private boolean isVoid(TransactionView view) {
            view.failure().ifPresent(failure -> {
                throw failure;
            });
            if (view.hasMoved()) {
                racesLost++;
                committer.forget(queue.id);
            }
            return view.hasMoved();
        }

        /** Waits for the write permit. An interrupt ends the first wait only: later the function has begun. */
        private void acquirePermit() {
            long start = nanoTime.getAsLong();
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        if (!queue.writePermit.tryAcquire(deadline - nanoTime.getAsLong(), TimeUnit.NANOSECONDS)) {
                            throw new LockTimeout("conversation " + queue.id + " was busy until the time limit");
                        }
                        ranBefore = true;
                        return;
                    } catch (InterruptedException e) {
                        interrupted = true;
                        if (!ranBefore) {
                            throw new LockTimeout("interrupted while waiting for conversation " + queue.id, e);
                        }
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                observer.lockWaited(nanoTime.getAsLong() - start);
            }
        }
    }

    /** A run of a function: its change, and the result or exception of the call once the change is committed. */
    private record Ran<R>(Optional<Change> change, Supplier<R> result) {
        R outcome() {
            return result.get();
        }
    }
}
