package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.work.Change;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Stores whose result says something wrong about the commit. */
final class DurabilityMutants {
    private DurabilityMutants() {
    }

    /** Keeps the last commit of each conversation in memory and stores the one before it. */
    static class EarlyAcknowledgement extends ReferenceStore {
        private final Map<ConversationId, Optional<ReferenceConversation>> memory = new ConcurrentHashMap<>();

        EarlyAcknowledgement(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            Optional<ReferenceConversation> before = current(change.id());
            storage().write(change.id(), before);
            memory.put(change.id(), ReferenceConversation.after(before, change));
        }

        @Override
        protected Optional<ReferenceConversation> current(ConversationId id) {
            return memory.getOrDefault(id, super.current(id));
        }

        @Override
        protected Optional<ReferenceConversation> visible(ConversationId id) {
            return current(id);
        }

        @Override
        protected Stream<ReferenceConversation> all() {
            return memory.values().stream().flatMap(Optional::stream);
        }
    }

    static class DefiniteThoughRecorded extends ReferenceStore {
        DefiniteThoughRecorded(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            try {
                super.commit(change);
            } catch (CommitOutcomeUnknown unknown) {
                throw new StorageUnavailable("it is certainly not there", unknown);
            }
        }
    }

    static class AcknowledgesRefused extends ReferenceStore {
        AcknowledgesRefused(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            try {
                super.commit(change);
            } catch (StorageUnavailable swallowed) {
                // the mutation
            }
        }
    }

    static class HalfAfterFailure extends ReferenceStore {
        HalfAfterFailure(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            Optional<ReferenceConversation> before = current(change.id());
            try {
                super.commit(change);
            } catch (StorageException e) {
                var half = change.appended().subList(0, change.appended().size() / 2);
                storage().write(change.id(),
                        ReferenceConversation.after(before, new Change(change.id(), change.before(),
                                change.after(), change.events(), change.keptCount(), change.edited(), half,
                                change.sessionEvents(),
                                change.activity(), change.token())));
                throw e;
            }
        }
    }
}
