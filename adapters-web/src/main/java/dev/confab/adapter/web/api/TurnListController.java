package dev.confab.adapter.web.api;

import dev.confab.application.Turns;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Turn;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The turns of a conversation, page by page, latest first. */
@Hidden // described in openapi.yaml
@RestController
final class TurnListController {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private final Turns turns;
    private final CurrentOwner owner;
    private final Cursors cursors;

    TurnListController(Turns turns, CurrentOwner owner, Cursors cursors) {
        this.turns = turns;
        this.owner = owner;
        this.cursors = cursors;
    }

    @GetMapping(path = ApiPaths.CONVERSATION + "/turns", produces = MediaType.APPLICATION_JSON_VALUE)
    PageJson<TurnJson> list(@PathVariable String conversationId, HttpServletRequest request) {
        var query = Query.of(request, "limit", "cursor");
        var id = ConversationId.parse(conversationId);
        int limit = query.integer("limit").orElse(DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiException.invalid("limit: must be from 1 to " + MAX_LIMIT);
        }
        String listing = "turns of " + id + " of " + owner.get();
        List<Turn> rest = after(turns.list(owner.get(), id), cursors.open(listing, query.text("cursor")));
        List<Turn> page = rest.subList(0, Math.min(limit, rest.size()));
        return new PageJson<>(page.stream().map(TurnJson::from).toList(),
                page.size() == rest.size() ? null : cursors.seal(listing, page.getLast().id().toString()));
    }

    /** What began before the last turn of the page before; when that one is no longer kept, those before it are not either. */
    private static List<Turn> after(List<Turn> latestFirst, Optional<String> last) {
        return last.map(id -> latestFirst.stream().dropWhile(turn -> !turn.id().toString().equals(id)).skip(1).toList())
                .orElse(latestFirst);
    }
}
