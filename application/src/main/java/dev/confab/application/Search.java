package dev.confab.application;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;

/** Finds messages and titles in the conversations of an owner. */
public interface Search {
    Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query);
}
