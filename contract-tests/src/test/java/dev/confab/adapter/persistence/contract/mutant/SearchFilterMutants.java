package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Stores that search for something else than the filter says. */
final class SearchFilterMutants {
    private SearchFilterMutants() {
    }

    /** Searches with another filter. */
    private abstract static class OtherFilter extends ReferenceStore {
        private final UnaryOperator<SearchFilter> change;

        OtherFilter(ReferenceStorage storage, Duration lockTimeout, UnaryOperator<SearchFilter> change) {
            super(storage, lockTimeout);
            this.change = change;
        }

        @Override
        public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
            return super.search(owner, with(query, change.apply(query.filter())), now);
        }
    }

    private static SearchQuery with(SearchQuery query, SearchFilter filter) {
        return new SearchQuery(query.text(), query.prefix(), filter, query.limit(), query.after());
    }

    static class AnyRole extends OtherFilter {
        AnyRole(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, filter -> new SearchFilter(filter.conversation(), filter.labels(),
                    Optional.empty(), filter.author(), filter.from(), filter.to()));
        }
    }

    static class AnyAuthor extends OtherFilter {
        AnyAuthor(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, filter -> new SearchFilter(filter.conversation(), filter.labels(),
                    filter.role(), Optional.empty(), filter.from(), filter.to()));
        }
    }

    static class AnyLabels extends OtherFilter {
        AnyLabels(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, filter -> new SearchFilter(filter.conversation(),
                    Collections.emptySortedSet(), filter.role(), filter.author(), filter.from(), filter.to()));
        }
    }

    static class OneOfTheLabels extends OtherFilter {
        OneOfTheLabels(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, filter -> new SearchFilter(filter.conversation(),
                    new TreeSet<>(filter.labels().stream().skip(1).toList()), filter.role(), filter.author(),
                    filter.from(), filter.to()));
        }
    }

    static class UpToTheEnd extends OtherFilter {
        UpToTheEnd(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout, filter -> new SearchFilter(filter.conversation(), filter.labels(),
                    filter.role(), filter.author(), filter.from(), filter.to().map(time -> time.plusMillis(1))));
        }
    }

    static class AuthorInAnyCase extends ReferenceStore {
        AuthorInAnyCase(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
            SearchFilter filter = query.filter();
            var all = super.search(owner, with(query, new SearchFilter(filter.conversation(), filter.labels(),
                    filter.role(), Optional.empty(), filter.from(), filter.to())), now);
            return new Page<>(all.items().stream().filter(hit -> filter.author().isEmpty()
                    || hit.message().flatMap(Message::author)
                            .filter(author -> author.name().equalsIgnoreCase(filter.author().get().name()))
                            .isPresent())
                    .toList(), all.next());
        }
    }
}
