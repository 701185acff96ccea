package dev.confab.adapter.persistence.file.search;

import dev.confab.domain.query.SearchQuery;
import java.time.Instant;

/**
 * A place between documents in the order of hits, in which all copies of a message follow each other.
 *
 * @param message as in a document: empty for titles
 * @param conversation as in a document; or lower or higher than all of them
 */
record Place(Instant createdAt, String message, String conversation) {
    private static final String LOWER = "";
    private static final String HIGHER = "g";

    /** Before all copies of the message with this key; after the title with this key. */
    static Place beforeCopies(SearchQuery.Key key) {
        return key.message().map(id -> new Place(key.createdAt(), id.toString(), LOWER)).orElseGet(() -> after(key));
    }

    /** After all copies of the message with this key; after the title with this key. */
    static Place afterCopies(SearchQuery.Key key) {
        return key.message().map(id -> new Place(key.createdAt(), id.toString(), HIGHER)).orElseGet(() -> after(key));
    }

    private static Place after(SearchQuery.Key title) {
        return new Place(title.createdAt(), "", title.conversation().toString());
    }
}
