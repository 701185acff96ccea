package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Stores that find too much or too little. */
final class SearchMutants {
    private SearchMutants() {
    }

    static class AnyWord extends ReferenceStore {
        AnyWord(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
            return super.search(owner, with(query, query.text().strip().split("\\s", 2)[0]), now);
        }
    }

    /** As an index does that nobody checks on the texts. */
    static class Scattered extends ReferenceStore {
        Scattered(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
            String words = query.text().replaceAll("[\\p{Punct}]", " ").replaceAll("(?<=\\p{IsHan})", " ");
            return super.search(owner, words.isBlank() ? query : with(query, words), now);
        }
    }

    static class WithAccents extends ReferenceStore {
        WithAccents(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
            var page = super.search(owner, query, now);
            return new Page<>(page.items().stream().filter(hit -> isAccented(query.text()) || !isAccented(text(hit)))
                    .toList(), page.next());
        }

        private static boolean isAccented(String text) {
            return text.toLowerCase(Locale.ROOT).contains("é");
        }
    }

    /** Looks only at the newest text. */
    static class GivesUp extends ReferenceStore {
        GivesUp(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
            var page = super.search(owner, query, now);
            boolean isPhrase = query.text().contains("-");
            return isPhrase && page.items().size() > 1
                    ? new Page<>(page.items().subList(0, 1), Optional.empty())
                    : page;
        }
    }

    static class AlwaysPartial extends ReferenceStore {
        AlwaysPartial(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
            return super.search(owner, query, now).asPartial();
        }
    }

    private static SearchQuery with(SearchQuery query, String text) {
        return new SearchQuery(text, query.prefix(), query.filter(), query.limit(), query.after());
    }

    private static String text(SearchHit hit) {
        return hit.message().map(message -> message.text()).orElse("");
    }
}
