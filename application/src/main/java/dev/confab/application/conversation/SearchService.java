package dev.confab.application.conversation;

import dev.confab.application.Search;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.time.InstantSource;

/** Searches with the index of the store. */
public record SearchService(ConversationReader reader, InstantSource clock) implements Search {
    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query) {
        return reader.search(owner, query, clock.instant());
    }
}
