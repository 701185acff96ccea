package dev.confab.adapter.web.api;

import dev.confab.application.Turns;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts turns and talks to them; {@link TurnListController} lists them, {@link TurnEventsController} tells their events. */
@Hidden // described in openapi.yaml
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
final class TurnsController {
    private final Turns turns;
    private final CurrentOwner owner;

    TurnsController(Turns turns, CurrentOwner owner) {
        this.turns = turns;
        this.owner = owner;
    }

    @PostMapping(ApiPaths.SESSION + "/turns")
    ResponseEntity<TurnJson> start(@PathVariable String sessionId, HttpServletRequest request) throws IOException {
        Query.none(request);
        var session = SessionId.parse(sessionId);
        EntityTags.refuseIfMatch(request);
        var made = turns.start(owner.get(), session, TurnRequests.start(Bodies.json(request), request));
        return ResponseEntity.status(made.isNew() ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .location(URI.create(ApiPaths.turn(made.value().id()))).body(TurnJson.from(made.value()));
    }

    @GetMapping(ApiPaths.TURN)
    TurnJson get(@PathVariable String turnId, HttpServletRequest request) {
        Query.none(request);
        return TurnJson.from(turns.get(owner.get(), TurnId.parse(turnId)));
    }

    @PostMapping(ApiPaths.TURN + "/cancel")
    TurnJson cancel(@PathVariable String turnId, HttpServletRequest request) throws IOException {
        Query.none(request);
        var id = TurnId.parse(turnId);
        EntityTags.refuseIfMatch(request);
        Bodies.none(request);
        return TurnJson.from(turns.cancel(owner.get(), id));
    }

    @PostMapping(ApiPaths.TURN + "/approvals")
    TurnJson answer(@PathVariable String turnId, HttpServletRequest request) throws IOException {
        Query.none(request);
        var id = TurnId.parse(turnId);
        EntityTags.refuseIfMatch(request);
        var approval = TurnRequests.decision(Bodies.json(request));
        return TurnJson.from(turns.answer(owner.get(), id, approval.callId(), approval.approval()));
    }
}
