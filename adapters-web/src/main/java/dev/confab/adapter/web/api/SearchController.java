package dev.confab.adapter.web.api;

import dev.confab.application.Search;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.query.SearchQuery;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Full-text search. */
@Hidden // described in openapi.yaml
@RestController
final class SearchController {
    private static final int DEFAULT_LIMIT = 20;
    private final Search search;
    private final CurrentOwner owner;
    private final Cursors cursors;

    SearchController(Search search, CurrentOwner owner, Cursors cursors) {
        this.search = search;
        this.owner = owner;
        this.cursors = cursors;
    }

    @GetMapping(path = ApiPaths.API + "/search", produces = MediaType.APPLICATION_JSON_VALUE)
    PageJson<HitJson> search(HttpServletRequest request) {
        var query = Query.of(request, "q", "prefix", "conversationId", "limit", "cursor");
        String text = query.text("q").orElseThrow(() -> ApiException.invalid("q: is missing"));
        boolean prefix = query.flag("prefix");
        var conversation = query.text("conversationId").map(ConversationId::parse);
        String listing = "search " + prefix + " " + conversation + " of " + owner.get() + " for " + text;
        var after = cursors.open(listing, query.text("cursor")).map(SearchController::key);
        var page = search.search(owner.get(), new SearchQuery(text, prefix, conversation,
                query.integer("limit").orElse(DEFAULT_LIMIT), after));
        return new PageJson<>(page.items().stream().map(HitJson::from).toList(),
                page.next().map(key -> cursors.seal(listing, place(key))).orElse(null));
    }

    private static String place(SearchQuery.Key key) {
        return key.createdAt().toEpochMilli() + " " + key.conversation() + " "
                + key.message().map(MessageId::toString).orElse("");
    }

    private static SearchQuery.Key key(String place) {
        String[] parts = place.split(" ", -1);
        return new SearchQuery.Key(Instant.ofEpochMilli(Long.parseLong(parts[0])), ConversationId.parse(parts[1]),
                parts[2].isEmpty() ? Optional.empty() : Optional.of(MessageId.parse(parts[2])));
    }
}
