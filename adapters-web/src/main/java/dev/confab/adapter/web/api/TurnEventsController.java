package dev.confab.adapter.web.api;

import dev.confab.application.TurnEvents;
import dev.confab.domain.session.TurnId;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Opens the event streams of turns. */
@Hidden // described in openapi.yaml
@RestController
final class TurnEventsController {
    private final EventStreams streams;
    private final TurnEvents events;
    private final CurrentOwner owner;

    TurnEventsController(EventStreams streams, TurnEvents events, CurrentOwner owner) {
        this.streams = streams;
        this.events = events;
        this.owner = owner;
    }

    @GetMapping(path = ApiPaths.TURN + "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void turn(@PathVariable String turnId, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Query.none(request);
        var id = TurnId.parse(turnId);
        long known = LastEventId.of(request).orElse(0L);
        streams.serve(new TurnStream(events, owner.get(), id, known), request, response);
    }
}
