package dev.confab.adapter.web.api;

import dev.confab.application.Sessions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.session.SessionId;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The caller's sessions, page by page. */
@Hidden // described in openapi.yaml
@RestController
final class SessionListController {
    private static final int DEFAULT_LIMIT = 20;
    private final Sessions sessions;
    private final CurrentOwner owner;
    private final Cursors cursors;

    SessionListController(Sessions sessions, CurrentOwner owner, Cursors cursors) {
        this.sessions = sessions;
        this.owner = owner;
        this.cursors = cursors;
    }

    @GetMapping(path = ApiPaths.SESSIONS, produces = MediaType.APPLICATION_JSON_VALUE)
    PageJson<SessionJson> list(HttpServletRequest request) {
        var query = Query.of(request, "limit", "cursor");
        String listing = "sessions of " + owner.get();
        var after = cursors.open(listing, query.text("cursor")).map(SessionListController::key);
        var page = sessions.list(owner.get(),
                new SessionQuery(query.integer("limit").orElse(DEFAULT_LIMIT), after));
        return new PageJson<>(page.items().stream().map(SessionJson::from).toList(),
                page.next().map(key -> cursors.seal(listing, place(key))).orElse(null));
    }

    private static String place(SessionQuery.Key key) {
        return key.createdAt().toEpochMilli() + " " + key.id() + " " + key.conversation();
    }

    private static SessionQuery.Key key(String place) {
        String[] parts = place.split(" ", -1);
        return new SessionQuery.Key(Instant.ofEpochMilli(Long.parseLong(parts[0])), SessionId.parse(parts[1]),
                ConversationId.parse(parts[2]));
    }
}
