package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork.Outcome;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Stores that lock incorrectly. */
final class LockMutants {
    private LockMutants() {
    }

    static class GlobalLock extends ReferenceStore {
        private final Lock only = new ReentrantLock(true);

        GlobalLock(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected Lock lockOf(ConversationId id) {
            return only;
        }
    }

    static class SmallPool extends ReferenceStore {
        private final Semaphore connections = new Semaphore(20);

        SmallPool(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
            connections.acquireUninterruptibly();
            try {
                return super.transact(id, work);
            } finally {
                connections.release();
            }
        }
    }

    static class UnboundedWait extends ReferenceStore {
        UnboundedWait(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void acquire(ConversationId id, Lock lock) {
            lock.lock();
        }
    }

    static class SwallowedInterrupt extends ReferenceStore {
        SwallowedInterrupt(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void acquire(ConversationId id, Lock lock) {
            try {
                super.acquire(id, lock);
            } catch (LockTimeout e) {
                Thread.interrupted();
                throw e;
            }
        }
    }

    static class KeptLock extends ReferenceStore {
        KeptLock(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected <R> Outcome<R> runAlone(ConversationId id, Function<ConversationTransaction, R> work) {
            Lock lock = lockOf(id);
            acquire(id, lock);
            Outcome<R> outcome = run(id, current(id), work);
            outcome.change().ifPresent(this::commit);
            lock.unlock();
            return outcome;
        }
    }

    static class LateInterrupt extends ReferenceStore {
        LateInterrupt(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            if (Thread.currentThread().isInterrupted()) {
                throw new LockTimeout("interrupted after the transaction function started");
            }
            super.commit(change);
        }
    }

    /** Runs in another thread, where {@code UnitOfWork} does not see that it is inside a transaction function. */
    static class NestedTransaction extends ReferenceStore {
        NestedTransaction(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
            return TestThreads.get(TestThreads.start(() -> super.transact(id, work)), TestThreads.DEADLINE);
        }
    }
}
