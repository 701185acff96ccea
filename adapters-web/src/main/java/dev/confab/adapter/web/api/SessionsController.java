package dev.confab.adapter.web.api;

import dev.confab.application.Sessions;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.SessionId;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Single sessions; {@link SessionListController} lists them. */
@Hidden // described in openapi.yaml
@RestController
final class SessionsController {
    private final Sessions sessions;
    private final CurrentOwner owner;

    SessionsController(Sessions sessions, CurrentOwner owner) {
        this.sessions = sessions;
        this.owner = owner;
    }

    @PostMapping(path = ApiPaths.SESSIONS, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SessionJson> create(HttpServletRequest request) throws IOException {
        Query.none(request);
        EntityTags.refuseIfMatch(request);
        var made = sessions.create(owner.get(), SessionRequests.creation(request));
        return tagged(made.isNew() ? HttpStatus.CREATED : HttpStatus.OK, made.value())
                .location(URI.create(ApiPaths.session(made.value().session().id())))
                .body(SessionJson.from(made.value()));
    }

    /** A session's version tells nothing of its turn, so only one without a turn is known by its tag. */
    @GetMapping(path = ApiPaths.SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
    @Nullable
    SessionJson get(@PathVariable String sessionId, HttpServletRequest request,
            HttpServletResponse response) {
        Query.none(request);
        SessionView view = sessions.get(owner.get(), SessionId.parse(sessionId));
        boolean known = EntityTags.isKnown(request, view.session().version());
        if (known && view.turn().isEmpty()) {
            response.setHeader("ETag", EntityTags.of(view.session().version()));
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return null;
        }
        return shown(view, response);
    }

    @PatchMapping(path = ApiPaths.SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SessionJson> change(@PathVariable String sessionId, HttpServletRequest request)
            throws IOException {
        Query.none(request);
        var id = SessionId.parse(sessionId);
        var precondition = EntityTags.ifMatch(request);
        var change = MergePatch.settings(Bodies.mergePatch(request));
        return ok(sessions.change(owner.get(), id, change, precondition));
    }

    @DeleteMapping(ApiPaths.SESSION)
    ResponseEntity<Void> delete(@PathVariable String sessionId, HttpServletRequest request) {
        Query.none(request);
        var id = SessionId.parse(sessionId);
        EntityTags.refuseIfMatch(request);
        sessions.delete(owner.get(), id);
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = ApiPaths.SESSION + "/keep", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SessionJson> keep(@PathVariable String sessionId, HttpServletRequest request)
            throws IOException {
        Query.none(request);
        var id = SessionId.parse(sessionId);
        EntityTags.refuseIfMatch(request);
        Optional<Title> name = Bodies.optionalJson(request).map(body -> Members.of(body, Pointer.ROOT, "name"))
                .flatMap(members -> members.optional("name", Members.string(Title::new)));
        return ok(sessions.makePermanent(owner.get(), id, name));
    }

    @PostMapping(path = ApiPaths.SESSION + "/clear", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SessionJson> clear(@PathVariable String sessionId, HttpServletRequest request)
            throws IOException {
        Query.none(request);
        var id = SessionId.parse(sessionId);
        EntityTags.refuseIfMatch(request);
        Bodies.none(request);
        return ok(sessions.clear(owner.get(), id));
    }

    /** Without a ResponseEntity, for which the framework would look at If-None-Match by itself. */
    static SessionJson shown(SessionView view, HttpServletResponse response) {
        response.setHeader("ETag", EntityTags.of(view.session().version()));
        return SessionJson.from(view);
    }

    static ResponseEntity<SessionJson> ok(SessionView view) {
        return tagged(HttpStatus.OK, view).body(SessionJson.from(view));
    }

    private static ResponseEntity.BodyBuilder tagged(HttpStatus status, SessionView view) {
        return ResponseEntity.status(status).eTag(EntityTags.of(view.session().version()));
    }
}
