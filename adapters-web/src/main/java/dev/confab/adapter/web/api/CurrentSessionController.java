package dev.confab.adapter.web.api;

import dev.confab.application.Sessions;
import dev.confab.domain.session.SessionId;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which session is the caller's current one. */
@Hidden // described in openapi.yaml
@RestController
@RequestMapping(path = ApiPaths.CURRENT_SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
final class CurrentSessionController {
    private final Sessions sessions;
    private final CurrentOwner owner;

    CurrentSessionController(Sessions sessions, CurrentOwner owner) {
        this.sessions = sessions;
        this.owner = owner;
    }

    /** Never 304: another session may be at the same version. */
    @GetMapping
    SessionJson get(HttpServletRequest request, HttpServletResponse response) {
        Query.none(request);
        var current = sessions.current(owner.get())
                .orElseThrow(() -> ApiException.of(ProblemCode.SESSION_NOT_FOUND, "there is no current session"));
        return SessionsController.shown(current, response);
    }

    @PutMapping
    ResponseEntity<SessionJson> activate(HttpServletRequest request) throws IOException {
        Query.none(request);
        EntityTags.refuseIfMatch(request);
        var id = Members.of(Bodies.json(request), Pointer.ROOT, "sessionId").required("sessionId",
                Members.string(SessionId::parse));
        return SessionsController.ok(sessions.activate(owner.get(), id));
    }
}
