package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.adapter.persistence.jpa.commit.StoredRows;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The write port: runs works in their queues, and again where another instance was faster. */
public final class Writes {
    private final ConversationQueues queues = new ConversationQueues();
    private final WriterThreads threads;
    private final BatchCommitter committer;
    private final StoredRows rows;
    private final Duration lockTimeout;
    private final LongSupplier nanoTime;
    private final WriteObserver observer;

    /** @param nanoTime the clock of the waiting time, {@link System#nanoTime} */
    public Writes(WriterThreads threads, BatchCommitter committer, StoredRows rows, Duration lockTimeout, LongSupplier nanoTime,
            WriteObserver observer) {
        this.threads = threads;
        this.committer = committer;
        this.rows = rows;
        this.lockTimeout = lockTimeout;
        this.nanoTime = nanoTime;
        this.observer = observer;
    }

    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        UnitOfWork.refuseInsideAWork();
        ConversationQueue queue = queues.enter(id);
        try {
            return new Call<>(queue, work).get();
        } finally {
            queues.leave(queue);
        }
    }

    /** One {@code transact}: as many runs of its work as it takes, within its time. */
    private final class Call<R> implements TransactionView.Lookups {
        /** After so many lost races the row is locked, or a slower instance might never get through. */
        private static final int RACES_BEFORE_LOCKING = 3;

        private final ConversationQueue queue;
        private final Function<ConversationTransaction, R> work;
        private long deadline = nanoTime.getAsLong() + lockTimeout.toNanos();
        private boolean careful;
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
                    throw new LockTimeout("conversation " + queue.id + " was changed by others for too long");
                }
            }
        }

        /** A run over what is known and under way here; empty when it must run again. */
        private Optional<Ran<R>> together() {
            PendingWork work;
            Ran<R> ran;
            acquirePermit();
            try {
                ConversationQueue.Snapshot snapshot = queue.snapshot();
                Optional<KnownRow> here = snapshot.known().or(() -> committer.remembered(queue.id));
                KnownRow known = here.orElseGet(() -> threads.read(connection -> rows.load(connection, queue.id)));
                var view = new TransactionView(known, snapshot.pending(), this, careful);
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
                work = joined.get().work();
            } finally {
                queue.writePermit.release();
            }
            return settle(work.await(), ran);
        }

        private Optional<Ran<R>> settle(PendingWork.Verdict verdict, Ran<R> ran) {
            return switch (verdict) {
                case PendingWork.Verdict.Committed _ -> Optional.of(ran);
                case PendingWork.Verdict.Rerun again -> {
                    switch (again.why()) {
                        case RACE_LOST -> racesLost++;
                        case ID_TAKEN -> careful = true;
                        case ONE_OF_MANY_FAILED -> alone = true;
                        case BUILT_ON_NOTHING -> {
                            // The next run is as this one was.
                        }
                    }
                    yield Optional.empty();
                }
                case PendingWork.Verdict.Failed failed -> throw failed.error().get();
            };
        }

        /** A run with the row locked in the database; empty when it must run again. */
        private Optional<Ran<R>> locked() {
            acquirePermit();
            try {
                queue.awaitIdle();
                queue.forget();
                try (LockedRow row = LockedRow.lock(queue.id, threads, rows)) {
                    var view = new TransactionView(row.known(), List.of(), row, true);
                    Ran<R> ran = run(view);
                    if (isVoid(view)) {
                        return Optional.empty();
                    }
                    return ran.change().isEmpty() || commit(row, ran.change().get())
                            ? Optional.of(ran)
                            : Optional.empty();
                }
            } finally {
                queue.writePermit.release();
            }
        }

        private boolean commit(LockedRow row, Change change) {
            var pending = new PendingChange(row.known().head());
            pending.add(change);
            committer.forget(queue.id);
            Optional<KnownRow> after = row.commit(pending);
            after.ifPresent(known -> committer.publish(queue.id, row.known(), known));
            return after.isPresent();
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
                // The limit is on waiting; the work's own time is its own.
                deadline += nanoTime.getAsLong() - start;
            }
        }

        /** Whether the run counts for nothing. Throws why it could not see what it asked for. */
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

        /** Waits for the write permit. An interrupt ends the first wait only: after it the work is taken up. */
        private void acquirePermit() {
            long start = nanoTime.getAsLong();
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        if (!queue.writePermit.tryAcquire(deadline - nanoTime.getAsLong(), TimeUnit.NANOSECONDS)) {
                            throw new LockTimeout("conversation " + queue.id + " was busy for too long");
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

        @Override
        public Optional<Message> message(MessageId message) {
            return threads.read(connection -> rows.message(connection, queue.id, message));
        }

        @Override
        public Optional<Message> messageAt(int position) {
            return threads.read(connection -> rows.messageAt(connection, queue.id, position));
        }

        @Override
        public Activity activity() {
            return threads.read(connection -> rows.activity(connection, queue.id));
        }
    }

    /** A work that has run: what it recorded, and what is to be returned or thrown once that is settled. */
    private record Ran<R>(Optional<Change> change, Supplier<R> result) {
        R outcome() {
            return result.get();
        }
    }
}
