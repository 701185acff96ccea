package dev.confab.adapter.web.event;

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
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The event streams of conversations, turns and owners, which {@link EventStreamHandler} serves. */
// described in openapi.yaml
@Controller
@RequestMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
final class EventsController {
    private final ChangeFeed feed;
    private final Conversations conversations;
    private final Messages messages;
    private final TurnEvents turns;

    EventsController(ChangeFeed feed, Conversations conversations, Messages messages, TurnEvents turns) {
        this.feed = feed;
        this.conversations = conversations;
        this.messages = messages;
        this.turns = turns;
    }

    @GetMapping(ApiPaths.CONVERSATION + "/events")
    ConversationStream conversation(OwnerId owner, @PathVariable ConversationId conversationId,
            @RequestParam Optional<Since> since, LastEventId lastEvent) {
        return new ConversationStream(feed, conversations, messages, owner, conversationId,
                lastEvent.value().or(() -> since.map(Since::version)));
    }

    @GetMapping(ApiPaths.TURN + "/events")
    TurnStream turn(OwnerId owner, @PathVariable TurnId turnId, LastEventId lastEvent) {
        return new TurnStream(turns, owner, turnId, lastEvent.value().orElse(0L));
    }

    @GetMapping(ApiPaths.API + "/events")
    OwnerStream owner(OwnerId owner) {
        return new OwnerStream(feed, conversations, owner);
    }
}
