package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.mutant.Mutants.Mutant;
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
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Stores that search for something else than the filter says. */
final class SearchFilterMutants {
    static final List<Mutant> ALL = List.of(
            filtering("searches messages of every role", filter -> new SearchFilter(filter.conversation(),
                    filter.labels(), Optional.empty(), filter.author(), filter.from(), filter.to())),
            filtering("searches messages of every author", SearchFilterMutants::ofEveryAuthor),
            filtering("searches conversations without the labels", filter -> new SearchFilter(filter.conversation(),
                    Collections.emptySortedSet(), filter.role(), filter.author(), filter.from(), filter.to())),
            filtering("searches conversations with some of the labels", filter -> new SearchFilter(
                    filter.conversation(), new TreeSet<>(filter.labels().stream().skip(1).toList()), filter.role(),
                    filter.author(), filter.from(), filter.to())),
            filtering("finds what was created at the end of the period", filter -> new SearchFilter(
                    filter.conversation(), filter.labels(), filter.role(), filter.author(), filter.from(),
                    filter.to().map(time -> time.plusMillis(1)))),
            Mutants.mutant("S16", "compares authors without case", AuthorInAnyCase::new));

    private SearchFilterMutants() {
    }

    /** A store that searches with another filter. */
    private static Mutant filtering(String name, UnaryOperator<SearchFilter> change) {
        return Mutants.mutant("S16", name, (storage, lockTimeout) -> new ReferenceStore(storage, lockTimeout) {
            @Override
            public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
                return super.search(owner, with(query, change.apply(query.filter())), now);
            }
        });
    }

    private static SearchQuery with(SearchQuery query, SearchFilter filter) {
        return new SearchQuery(query.text(), query.prefix(), filter, query.limit(), query.after());
    }

    private static SearchFilter ofEveryAuthor(SearchFilter filter) {
        return new SearchFilter(filter.conversation(), filter.labels(), filter.role(), Optional.empty(),
                filter.from(), filter.to());
    }

    static class AuthorInAnyCase extends ReferenceStore {
        AuthorInAnyCase(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
            SearchFilter filter = query.filter();
            var all = super.search(owner, with(query, ofEveryAuthor(filter)), now);
            return new Page<>(all.items().stream().filter(hit -> filter.author().isEmpty()
                    || hit.message().flatMap(Message::author)
                            .filter(author -> author.name().equalsIgnoreCase(filter.author().get().name()))
                            .isPresent())
                    .toList(), all.next());
        }
    }
}
