package dev.confab.adapter.web.api;

import dev.confab.application.Conversations;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.ListQuery.Sort;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The caller's conversations, page by page. */
@Hidden // described in openapi.yaml
@RestController
final class ConversationListController {
    private static final int DEFAULT_LIMIT = 20;
    private final Conversations conversations;
    private final CurrentOwner owner;
    private final Cursors cursors;

    ConversationListController(Conversations conversations, CurrentOwner owner, Cursors cursors) {
        this.conversations = conversations;
        this.owner = owner;
        this.cursors = cursors;
    }

    @GetMapping(path = ApiPaths.CONVERSATIONS, produces = MediaType.APPLICATION_JSON_VALUE)
    PageJson<ConversationJson> list(HttpServletRequest request) {
        var query = Query.of(request, "limit", "cursor", "sort", "deleted");
        Sort sort = sort(query);
        String listing = "conversations " + sort + " of " + owner.get();
        var after = cursors.open(listing, query.text("cursor")).map(ConversationListController::key);
        var page = conversations.list(owner.get(),
                new ListQuery(sort, query.integer("limit").orElse(DEFAULT_LIMIT), after));
        return new PageJson<>(page.items().stream().map(ConversationJson::from).toList(),
                page.next().map(key -> cursors.seal(listing, place(key))).orElse(null));
    }

    private static Sort sort(Query query) {
        Sort sort = switch (query.text("sort").orElse("updated")) {
            case "updated" -> Sort.UPDATED;
            case "created" -> Sort.CREATED;
            default -> throw ApiException.invalid("sort: is neither updated nor created");
        };
        return query.flag("deleted") ? Sort.DELETED : sort;
    }

    private static String place(ListQuery.Key key) {
        return key.time().toEpochMilli() + " " + key.id();
    }

    private static ListQuery.Key key(String place) {
        String[] parts = place.split(" ", -1);
        return new ListQuery.Key(Instant.ofEpochMilli(Long.parseLong(parts[0])), ConversationId.parse(parts[1]));
    }
}
