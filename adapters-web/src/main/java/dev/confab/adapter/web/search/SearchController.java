package dev.confab.adapter.web.search;

import dev.confab.adapter.web.request.ConversationFilter;
import dev.confab.adapter.web.request.PageRequest;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.application.Conversations;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
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
            @RequestParam Optional<ConversationId> conversationId, ConversationFilter.Labels labels,
            @RequestParam Optional<Role> role, @RequestParam Optional<Author> author,
            @RequestParam Optional<Instant> from, @RequestParam Optional<Instant> to, PageRequest page) {
        var filter = new SearchFilter(conversationId, labels.all(), role, author, from, to);
        boolean alsoPrefix = prefix.orElse(false);
        // The lengths tell where each text ends: none can pass for a part of another.
        List<Integer> lengths = Stream.of(filter.labels().stream(), filter.author().map(Author::name).stream(),
                Stream.of(q)).flatMap(Function.identity()).map(String::length).toList();
        String listing = "search " + lengths + " " + alsoPrefix + " " + filter + " for " + q + " of " + owner;
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
