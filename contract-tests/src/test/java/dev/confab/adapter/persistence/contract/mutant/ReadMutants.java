package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.ForwardingTransaction;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Stores that read incorrectly. */
final class ReadMutants {
    private ReadMutants() {
    }

    static class DirtyRead extends ReferenceStore {
        private final Map<ConversationId, ReferenceConversation> dirty = new ConcurrentHashMap<>();

        DirtyRead(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected <R> Outcome<R> run(ConversationId id, Optional<ReferenceConversation> state,
                Function<ConversationTransaction, R> work) {
            try {
                return super.run(id, state, tx -> work.apply(new Showing(tx, id)));
            } finally {
                dirty.remove(id);
            }
        }

        @Override
        protected Optional<ReferenceConversation> visible(ConversationId id) {
            return Optional.ofNullable(dirty.get(id)).or(() -> super.visible(id));
        }

        private final class Showing extends ForwardingTransaction {
            private final ConversationId id;

            Showing(ConversationTransaction transaction, ConversationId id) {
                super(transaction);
                this.id = id;
            }

            @Override
            public void record(ConversationEvent event) {
                super.record(event);
                find().ifPresent(head -> dirty.put(id, new ReferenceConversation(head,
                        IntStream.rangeClosed(1, head.messageCount()).mapToObj(n -> messageAt(n).orElseThrow())
                                .toList(),
                        activity())));
            }
        }
    }

    static class PartOfACommit extends ReferenceStore {
        PartOfACommit(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            Optional<ReferenceConversation> before = current(change.id());
            var half = change.appended().subList(0, change.appended().size() / 2);
            storage().write(change.id(), ReferenceConversation.after(before, new Change(change.id(), change.before(),
                    change.after(), change.events(), change.keptCount(), change.edited(), half, change.sessionEvents(),
                    change.activity(), change.token())));
            LockSupport.parkNanos(500_000);
            storage().write(change.id(), ReferenceConversation.after(before, change));
        }
    }

    static class TornWindow extends ReferenceStore {
        TornWindow(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public ConversationWindow read(ConversationId id, Window window, Instant now) {
            ConversationWindow first = super.read(id, window, now);
            LockSupport.parkNanos(100_000);
            ConversationWindow second = super.read(id, window, now);
            return new ConversationWindow(first.conversation(), second.messages(), second.more());
        }
    }

    static class WaitingReader extends ReferenceStore {
        WaitingReader(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected Optional<ReferenceConversation> visible(ConversationId id) {
            Lock lock = lockOf(id);
            acquire(id, lock);
            try {
                return super.visible(id);
            } finally {
                lock.unlock();
            }
        }
    }

    static class NeverMore extends ReferenceStore {
        NeverMore(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public ConversationWindow read(ConversationId id, Window window, Instant now) {
            ConversationWindow answer = super.read(id, window, now);
            return new ConversationWindow(answer.conversation(), answer.messages(), false);
        }
    }

    static class StaleCache extends ReferenceStore {
        private final Map<ConversationId, Optional<ReferenceConversation>> cache = new ConcurrentHashMap<>();

        StaleCache(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            super.commit(change);
            cache.put(change.id(), current(change.id()));
        }

        @Override
        protected Optional<ReferenceConversation> visible(ConversationId id) {
            return cache.computeIfAbsent(id, super::visible);
        }
    }

    static class OneCommitBehind extends ReferenceStore {
        private final Map<ConversationId, Optional<ReferenceConversation>> shown = new ConcurrentHashMap<>();

        OneCommitBehind(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            shown.put(change.id(), current(change.id()));
            super.commit(change);
        }

        @Override
        protected Optional<ReferenceConversation> visible(ConversationId id) {
            return shown.getOrDefault(id, Optional.empty());
        }
    }

    static class AliasedList extends ReferenceStore {
        private final List<Conversation> own = new ArrayList<>();

        AliasedList(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            super.commit(change);
            change.after().filter(Conversation::isDeleted).ifPresent(own::add);
        }

        @Override
        public List<Conversation> deletedBefore(Instant time, int limit) {
            return own;
        }
    }

    /** Runs in another thread, where {@code UnitOfWork} does not see that it is inside a transaction function. */
    static class ReadInsideATransaction extends ReferenceStore {
        ReadInsideATransaction(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Optional<Conversation> find(ConversationId id, Instant now) {
            return TestThreads.get(TestThreads.start(() -> super.find(id, now)), TestThreads.DEADLINE);
        }
    }
}
