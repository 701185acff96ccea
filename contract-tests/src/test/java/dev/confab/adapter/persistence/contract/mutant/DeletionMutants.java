package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.Erased;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.work.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Stores that delete incorrectly. */
final class DeletionMutants {
    private DeletionMutants() {
    }

    private static ReferenceConversation undeleted(ReferenceConversation state) {
        Conversation head = state.head();
        return new ReferenceConversation(
                new Conversation(head.id(), head.owner(), head.title(), head.metadata(), head.filing(),
                        head.version(), head.messageCount(), head.createdAt(), head.updatedAt(), Optional.empty(),
                        head.expiresAt(), head.origin(), head.digest()),
                state.messages(), state.activity());
    }

    static class DeletedStillRead extends ReferenceStore {
        DeletedStillRead(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected Optional<ReferenceConversation> visible(ConversationId id) {
            return super.visible(id).map(DeletionMutants::undeleted);
        }
    }

    static class DeletedStillListed extends ReferenceStore {
        private final ThreadLocal<Boolean> listing = ThreadLocal.withInitial(() -> false);

        DeletedStillListed(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
            listing.set(query.sort() != ListQuery.Sort.DELETED);
            try {
                return super.list(owner, query, now);
            } finally {
                listing.set(false);
            }
        }

        @Override
        protected Stream<ReferenceConversation> all() {
            return listing.get() ? super.all().map(DeletionMutants::undeleted) : super.all();
        }
    }

    static class DeletedStillFound extends ReferenceStore {
        private final ThreadLocal<Boolean> searching = ThreadLocal.withInitial(() -> false);

        DeletedStillFound(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
            searching.set(true);
            try {
                return super.search(owner, query, now);
            } finally {
                searching.set(false);
            }
        }

        @Override
        protected Stream<ReferenceConversation> all() {
            return searching.get() ? super.all().map(DeletionMutants::undeleted) : super.all();
        }
    }

    static class DeletedStillChanges extends ReferenceStore {
        DeletedStillChanges(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected Optional<ReferenceConversation> current(ConversationId id) {
            return super.current(id).map(DeletionMutants::undeleted);
        }
    }

    static class PurgesNothing extends ReferenceStore {
        PurgesNothing(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            if (change.after().isPresent()) {
                super.commit(change);
            }
        }
    }

    static class EraseLeavesTheBin extends ReferenceStore {
        EraseLeavesTheBin(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Erased erase(OwnerId owner) {
            int purged = all().map(ReferenceConversation::head)
                    .filter(head -> head.owner().equals(owner) && !head.isDeleted())
                    .toList().stream().mapToInt(head -> transact(head.id(), purging())).sum();
            return new Erased(purged, 0, 0, 0, 0);
        }

        private static Function<ConversationTransaction, Integer> purging() {
            return tx -> {
                var at = tx.conversation().updatedAt();
                tx.record(tx.conversation().delete(at).orElseThrow());
                tx.record(tx.find().orElseThrow().purge(at));
                return 1;
            };
        }
    }
}
