package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.mutant.Mutants.Mutant;
import dev.confab.adapter.persistence.contract.reference.ReferenceSearch;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Searches that do not recognise the copies of a message, or choose the wrong one. */
final class SearchCopiesMutants {
    static final List<Mutant> ALL = List.of(
            searching("finds each copy of a message", EachCopy::new),
            searching("takes messages with the same id for one", ById::new),
            searching("ignores the authors and roles of copies", ByIdAndText::new),
            searching("finds a message in the newest conversation", NewestCopy::new),
            searching("finds a message in the conversation with the lowest id", LowestId::new),
            searching("counts the found conversation among the others", CountsTheHit::new),
            searching("looks for copies in conversations that the filter excludes", FiltersAfterwards::new));

    private SearchCopiesMutants() {
    }

    /** A store with this search. */
    private static Mutant searching(String name, Function<SearchQuery, ReferenceSearch> search) {
        return Mutants.mutant("S16", name, (storage, lockTimeout) -> new ReferenceStore(storage, lockTimeout) {
            @Override
            protected ReferenceSearch searching(SearchQuery query) {
                return search.apply(query);
            }
        });
    }

    static class EachCopy extends ReferenceSearch {
        EachCopy(SearchQuery query) {
            super(query);
        }

        @Override
        protected Object identity(Held held) {
            return held;
        }
    }

    static class ById extends ReferenceSearch {
        ById(SearchQuery query) {
            super(query);
        }

        @Override
        protected Object identity(Held held) {
            return held.message().id();
        }
    }

    static class ByIdAndText extends ReferenceSearch {
        ByIdAndText(SearchQuery query) {
            super(query);
        }

        @Override
        protected Object identity(Held held) {
            return List.of(held.message().id(), held.message().createdAt(), held.message().text());
        }
    }

    static class NewestCopy extends ReferenceSearch {
        NewestCopy(SearchQuery query) {
            super(query);
        }

        @Override
        protected Comparator<Conversation> order() {
            return super.order().reversed();
        }
    }

    static class LowestId extends ReferenceSearch {
        LowestId(SearchQuery query) {
            super(query);
        }

        @Override
        protected Comparator<Conversation> order() {
            return Comparator.comparing(Conversation::id);
        }
    }

    static class CountsTheHit extends ReferenceSearch {
        CountsTheHit(SearchQuery query) {
            super(query);
        }

        @Override
        protected Stream<SearchHit> hits(List<Held> same) {
            return super.hits(same).map(hit -> new SearchHit(hit.conversation(), hit.title(), hit.message(),
                    hit.createdAt(), hit.snippet(), same.size()));
        }
    }

    /** Looks for copies in all conversations first. */
    static class FiltersAfterwards extends ReferenceSearch {
        private final SearchQuery query;

        FiltersAfterwards(SearchQuery query) {
            super(query);
            this.query = query;
        }

        @Override
        protected boolean admits(Conversation head) {
            return query.filter().conversation().map(head.id()::equals).orElse(true);
        }

        @Override
        protected Stream<SearchHit> hits(List<Held> same) {
            List<Held> all = same.stream().sorted(Comparator.comparing(Held::head, order())).toList();
            return query.filter().admits(all.getFirst().head()) ? super.hits(all) : Stream.empty();
        }
    }
}
