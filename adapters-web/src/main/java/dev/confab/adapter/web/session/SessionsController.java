package dev.confab.adapter.web.session;

import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.json.NoMembers;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.adapter.web.request.IfNoneMatch;
import dev.confab.adapter.web.request.PageRequest;
import dev.confab.adapter.web.request.UnsupportedHeader;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.response.PageJson;
import dev.confab.adapter.web.response.Responses;
import dev.confab.application.Sessions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.SessionId;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** The caller's sessions, one of which is the current one. */
@RestController
final class SessionsController {
    private final Sessions sessions;

    SessionsController(Sessions sessions) {
        this.sessions = sessions;
    }

    @PostMapping(path = ApiPaths.SESSIONS, produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<SessionJson> create(FencingToken token, @JsonBody(optional = true) NewSessionJson body,
            IdempotencyKey key) {
        var created = sessions.create(token, body.creation(key));
        return tagged(Responses.created(created.isNew()), created.value())
                .location(ApiPaths.of(ApiPaths.SESSION, created.value().session().id()))
                .body(SessionJson.from(created.value()));
    }

    @GetMapping(path = ApiPaths.SESSIONS, produces = MediaType.APPLICATION_JSON_VALUE)
    PageJson<SessionJson> list(OwnerId owner, PageRequest page) {
        String listing = "sessions of " + owner;
        var query = new SessionQuery(page.limitOr(PageRequest.DEFAULT_LIMIT),
                page.after(listing, SessionsController::key));
        return PageJson.of(sessions.list(owner, query), SessionJson::from,
                key -> page.next(listing, key.createdAt().toEpochMilli(), key.id(), key.conversation()));
    }

    /** A turn does not change its session's version, so 304 is only for a session without a turn. */
    @GetMapping(path = ApiPaths.SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
    @Nullable
    SessionJson get(OwnerId owner, @PathVariable SessionId sessionId, IfNoneMatch known,
            HttpServletResponse response) {
        SessionView view = sessions.get(owner, sessionId);
        SessionJson shown = shown(view, response);
        if (view.turn().isEmpty() && known.matches(view.session().version())) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return null;
        }
        return shown;
    }

    @PatchMapping(path = ApiPaths.SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SessionJson> change(OwnerId owner, @PathVariable SessionId sessionId, Precondition precondition,
            @JsonBody SessionPatchJson patch) {
        return ok(sessions.change(owner, sessionId, patch::applyTo, precondition));
    }

    @DeleteMapping(ApiPaths.SESSION)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<Void> delete(OwnerId owner, @PathVariable SessionId sessionId) {
        sessions.delete(owner, sessionId);
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = ApiPaths.SESSION + "/keep", produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<SessionJson> keep(OwnerId owner, @PathVariable SessionId sessionId,
            @JsonBody(optional = true) KeepJson body) {
        return ok(sessions.makePermanent(owner, sessionId, body.name()));
    }

    @PostMapping(path = ApiPaths.SESSION + "/clear", produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<SessionJson> clear(OwnerId owner, @PathVariable SessionId sessionId,
            @JsonBody(optional = true) NoMembers body) {
        return ok(sessions.clear(owner, sessionId));
    }

    /** Never 304: another session may be at the same version. */
    @GetMapping(path = ApiPaths.CURRENT_SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
    SessionJson current(OwnerId owner, HttpServletResponse response) {
        var current = sessions.current(owner).orElseThrow(
                () -> new ProblemException(ProblemCode.SESSION_NOT_FOUND, "There is no current session."));
        return shown(current, response);
    }

    @PutMapping(path = ApiPaths.CURRENT_SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<SessionJson> activate(OwnerId owner, @JsonBody ActivationJson body) {
        return ok(sessions.activate(owner, body.sessionId()));
    }

    /** The body of a request that makes a session permanent, with its new name, if any. */
    record KeepJson(Optional<Title> name) {
    }

    /** The body of a request that makes a session the current one. */
    record ActivationJson(SessionId sessionId) {
    }

    /** Not a ResponseEntity: for one with a tag Spring would evaluate If-None-Match itself. */
    private static SessionJson shown(SessionView view, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ETAG, Responses.tag(view.session().version()));
        return SessionJson.from(view);
    }

    private static ResponseEntity<SessionJson> ok(SessionView view) {
        return tagged(HttpStatus.OK, view).body(SessionJson.from(view));
    }

    private static ResponseEntity.BodyBuilder tagged(HttpStatus status, SessionView view) {
        return ResponseEntity.status(status).eTag(Responses.tag(view.session().version()));
    }

    private static SessionQuery.Key key(String[] place) {
        return new SessionQuery.Key(Instant.ofEpochMilli(Long.parseLong(place[0])), SessionId.parse(place[1]),
                ConversationId.parse(place[2]));
    }
}
