package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceConversation;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.work.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Stores that list and search incorrectly. */
final class ListMutants {
    private ListMutants() {
    }

    /** Searches the states before the last commit of each conversation. */
    static class StaleSearch extends ReferenceStore {
        private final Map<ConversationId, Optional<ReferenceConversation>> indexed = new ConcurrentHashMap<>();
        private final ThreadLocal<Boolean> searching = ThreadLocal.withInitial(() -> false);

        StaleSearch(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected void commit(Change change) {
            indexed.put(change.id(), current(change.id()));
            super.commit(change);
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
            return searching.get() ? indexed.values().stream().flatMap(Optional::stream) : super.all();
        }
    }

    /** Filters the page after it was cut, so that pages are too short and the listing seems to end early. */
    static class FiltersTheirPages extends ReferenceStore {
        FiltersTheirPages(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
            var all = super.list(owner, new ListQuery(query.sort(), query.limit(), query.after()), now);
            var shown = all.items().stream().filter(head -> query.admits(head, now)).toList();
            return new Page<>(shown, shown.isEmpty() ? Optional.empty() : all.next());
        }
    }

    static class ListsArchived extends ReferenceStore {
        ListsArchived(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
            var filter = query.filter();
            return super.list(owner, new ListQuery(query.sort(), new ListFilter(ListFilter.Archived.INCLUDE,
                    filter.pinned(), filter.labels(), filter.metadata()), query.limit(), query.after()), now);
        }
    }

    static class RepeatedOnTheNextPage extends ReferenceStore {
        RepeatedOnTheNextPage(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
            return super.list(owner, new ListQuery(query.sort(), query.limit(),
                    query.after().map(key -> new ListQuery.Key(key.time().plusMillis(1), key.id()))), now);
        }
    }
}
