package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.StoredState;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.conversation.VersionConflict;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork;
import dev.confab.domain.work.UnitOfWork.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Stores that commit incorrectly. */
final class WriteMutants {
    private WriteMutants() {
    }

    static class CommitsAThrowingTransaction extends ReferenceStore {
        CommitsAThrowingTransaction(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected <R> Outcome<R> run(ConversationId id, Optional<ReferenceConversation> state,
                Function<ConversationTransaction, R> work) {
            List<RuntimeException> thrown = new ArrayList<>();
            Outcome<Optional<R>> outcome = UnitOfWork.run(id, new StoredState(state), tx -> {
                try {
                    return Optional.of(work.apply(tx));
                } catch (RuntimeException e) {
                    thrown.add(e);
                    return Optional.empty();
                }
            });
            if (!thrown.isEmpty()) {
                outcome.change().ifPresent(this::commit);
                throw thrown.getFirst();
            }
            return new Outcome<>(outcome.result().orElseThrow(), outcome.change());
        }
    }

    static class WrapsTheException extends ReferenceStore {
        WrapsTheException(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
            try {
                return super.transact(id, work);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    static class HalfTransaction extends ReferenceStore {
        HalfTransaction(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            super.commit(change.events().size() < 4
                    ? change
                    : new Change(change.id(), change.before(), change.after(), change.events(), change.keptCount(),
                            change.edited(), List.of(), change.sessionEvents(), change.activity(),
                            change.token()));
        }
    }

    static class LostUpdate extends ReferenceStore {
        LostUpdate(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected <R> Outcome<R> runAlone(ConversationId id, Function<ConversationTransaction, R> work) {
            Outcome<R> outcome = run(id, current(id), work);
            LockSupport.parkNanos(1_000);
            outcome.change().ifPresent(change -> storage().write(id,
                    ReferenceConversation.after(current(id).filter(s -> s.messages().size() >= change.keptCount()),
                            change)));
            return outcome;
        }
    }

    static class Gap extends ReferenceStore {
        private final AtomicInteger commits = new AtomicInteger();

        Gap(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            if (commits.incrementAndGet() % 10 > 0) {
                super.commit(change);
            }
        }
    }

    /** Lets the next transaction start and see the commit before the commit is stored. */
    static class ReleasedTooEarly extends ReferenceStore {
        private final Map<ConversationId, Optional<ReferenceConversation>> ahead = new ConcurrentHashMap<>();

        ReleasedTooEarly(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
            UnitOfWork.requireOutsideTransaction();
            Outcome<R> outcome = runAlone(id, work);
            if (outcome.change().isPresent()) {
                LockSupport.parkNanos(2_000_000);
                storage().write(id, current(id));
            }
            return outcome.result();
        }

        @Override
        protected void commit(Change change) {
            ahead.put(change.id(), ReferenceConversation.after(current(change.id()), change));
        }

        @Override
        protected Optional<ReferenceConversation> current(ConversationId id) {
            return ahead.getOrDefault(id, super.current(id));
        }
    }

    static class UndoesAnothersCommit extends ReferenceStore {
        private final Map<ConversationId, Optional<ReferenceConversation>> previous = new ConcurrentHashMap<>();

        UndoesAnothersCommit(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected <R> Outcome<R> run(ConversationId id, Optional<ReferenceConversation> state,
                Function<ConversationTransaction, R> work) {
            try {
                return super.run(id, state, work);
            } catch (RuntimeException e) {
                Optional.ofNullable(previous.get(id)).ifPresent(before -> storage().write(id, before));
                throw e;
            }
        }

        @Override
        protected void commit(Change change) {
            previous.put(change.id(), current(change.id()));
            super.commit(change);
        }
    }

    static class WrongConflict extends ReferenceStore {
        WrongConflict(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
            try {
                return super.transact(id, work);
            } catch (VersionConflict conflict) {
                throw new VersionConflict(id, new Version(conflict.current().value() + 1));
            }
        }
    }

    static class MixesTwoRuns extends ReferenceStore {
        MixesTwoRuns(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected <R> Outcome<R> run(ConversationId id, Optional<ReferenceConversation> state,
                Function<ConversationTransaction, R> work) {
            Outcome<R> first = super.run(id, state, work);
            return new Outcome<>(first.result(), super.run(id, state, work).change());
        }
    }
}
