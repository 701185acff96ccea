package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Stores that in one method return expired conversations. */
final class ExpiredConversationMutants {
    private ExpiredConversationMutants() {
    }

    static class Finds extends ReferenceStore {
        Finds(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Optional<Conversation> find(ConversationId id, Instant now) {
            return super.find(id, Instant.EPOCH);
        }
    }

    static class ReadsWindows extends ReferenceStore {
        ReadsWindows(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public ConversationWindow read(ConversationId id, Window window, Instant now) {
            return super.read(id, window, Instant.EPOCH);
        }
    }

    static class ReadsMessages extends ReferenceStore {
        ReadsMessages(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public ConversationWindow read(ConversationId id, MessageId message, Instant now) {
            return super.read(id, message, Instant.EPOCH);
        }
    }

    static class TellsChanges extends ReferenceStore {
        TellsChanges(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Changes changesSince(ConversationId id, long version, Instant now) {
            return super.changesSince(id, version, Instant.EPOCH);
        }
    }

    static class Lists extends ReferenceStore {
        Lists(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
            return super.list(owner, query, Instant.EPOCH);
        }
    }

    static class Searches extends ReferenceStore {
        Searches(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
            return super.search(owner, query, Instant.EPOCH);
        }
    }

    static class LeavesHolesInPages extends ReferenceStore {
        LeavesHolesInPages(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
            var page = super.list(owner, query, Instant.EPOCH);
            return new Page<>(page.items().stream().filter(head -> !head.isExpired(now)).toList(), page.next());
        }
    }
}
