package dev.confab.adapter.web.search;

import dev.confab.adapter.web.request.PageRequest;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.application.Conversations;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchQuery;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Full-text search. */
@RestController
final class SearchController {
    private final Conversations conversations;

    SearchController(Conversations conversations) {
        this.conversations = conversations;
    }

    @GetMapping(path = ApiPaths.API + "/search", produces = MediaType.APPLICATION_JSON_VALUE)
    HitPageJson search(OwnerId owner, @RequestParam String q, @RequestParam Optional<Boolean> prefix,
            @RequestParam Optional<ConversationId> conversationId, @RequestParam Optional<Role> role,
            @RequestParam Optional<Instant> from, @RequestParam Optional<Instant> to, PageRequest page) {
        var filter = new SearchFilter(conversationId, role, from, to);
        boolean alsoPrefix = prefix.orElse(false);
        // The length tells where the words end: neither they nor the owner can pass for a part of the other.
        String listing = "search " + alsoPrefix + " " + filter + " for " + q.length() + ":" + q + " of "
                + owner;
        var query = new SearchQuery(q, alsoPrefix, filter, page.limitOr(PageRequest.DEFAULT_LIMIT),
                page.after(listing, SearchController::key));
        return HitPageJson.of(conversations.search(owner, query),
                key -> page.next(listing, key.createdAt().toEpochMilli(), key.conversation(),
                        key.message().map(MessageId::toString).orElse("")));
    }

    private static SearchQuery.Key key(String[] place) {
        return new SearchQuery.Key(Instant.ofEpochMilli(Long.parseLong(place[0])), ConversationId.parse(place[1]),
                place[2].isEmpty() ? Optional.empty() : Optional.of(MessageId.parse(place[2])));
    }
}
