package dev.confab.adapter.web.conversation;

import dev.confab.adapter.web.request.PageRequest;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.query.ListQuery;
import java.time.Instant;
import java.util.Optional;

/** Places in a list of conversations, as cursors. */
public final class ListPlaces {
    private ListPlaces() {
    }

    /** @param listing as of {@link PageRequest#after} */
    public static Optional<ListQuery.Key> after(PageRequest page, String listing) {
        return page.after(listing, place -> new ListQuery.Key(Instant.ofEpochMilli(Long.parseLong(place[0])),
                ConversationId.parse(place[1])));
    }

    public static String next(PageRequest page, String listing, ListQuery.Key key) {
        return page.next(listing, key.time().toEpochMilli(), key.id());
    }
}
