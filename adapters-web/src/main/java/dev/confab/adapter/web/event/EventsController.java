package dev.confab.adapter.web.event;

import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.request.LastEventId;
import dev.confab.adapter.web.request.Since;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.application.Conversations;
import dev.confab.application.Messages;
import dev.confab.application.TurnEvents;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.session.TurnId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The event streams of conversations, turns and owners. Each handler serves its stream until the stream ends. */
@Controller
@RequestMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
final class EventsController {
    private final EventStreams streams;
    private final ChangeFeed feed;
    private final Conversations conversations;
    private final Messages messages;
    private final TurnEvents turns;

    EventsController(EventStreams streams, ChangeFeed feed, Conversations conversations, Messages messages,
            TurnEvents turns) {
        this.streams = streams;
        this.feed = feed;
        this.conversations = conversations;
        this.messages = messages;
        this.turns = turns;
    }

    @GetMapping(ApiPaths.CONVERSATION + "/events")
    void conversation(OwnerId owner, Caller caller, @PathVariable ConversationId conversationId,
            @RequestParam Optional<Since> since,
            LastEventId lastEvent, HttpMethod method, HttpServletResponse response) throws IOException {
        var start = lastEvent.value().or(() -> since.map(Since::version));
        streams.serve(caller, new ConversationStream(feed, conversations, messages, owner, conversationId, start),
                method,
                response);
    }

    @GetMapping(ApiPaths.TURN + "/events")
    void turn(OwnerId owner, Caller caller, @PathVariable TurnId turnId, LastEventId lastEvent, HttpMethod method,
            HttpServletResponse response) throws IOException {
        streams.serve(caller, new TurnStream(turns, owner, turnId, lastEvent.value().orElse(0L)), method, response);
    }

    @GetMapping(ApiPaths.API + "/events")
    void owner(OwnerId owner, Caller caller, HttpMethod method, HttpServletResponse response) throws IOException {
        streams.serve(caller, new OwnerStream(feed, conversations, owner), method, response);
    }
}
