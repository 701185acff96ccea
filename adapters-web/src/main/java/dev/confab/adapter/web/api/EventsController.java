package dev.confab.adapter.web.api;

import dev.confab.application.Conversations;
import dev.confab.application.Messages;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ChangeFeed;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Opens the event streams of conversations and owners. */
@Hidden // described in openapi.yaml
@RestController
final class EventsController {
    private final EventStreams streams;
    private final ChangeFeed feed;
    private final Conversations conversations;
    private final Messages messages;
    private final CurrentOwner owner;

    EventsController(EventStreams streams, ChangeFeed feed, Conversations conversations, Messages messages,
            CurrentOwner owner) {
        this.streams = streams;
        this.feed = feed;
        this.conversations = conversations;
        this.messages = messages;
        this.owner = owner;
    }

    @GetMapping(path = ApiPaths.CONVERSATION + "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void conversation(@PathVariable String conversationId, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Long> since = Query.of(request, "since").number("since");
        var id = ConversationId.parse(conversationId);
        streams.serve(
                new ConversationStream(feed, conversations, messages, owner.get(), id,
                        LastEventId.of(request).or(() -> since)),
                request, response);
    }

    @GetMapping(path = ApiPaths.API + "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void owner(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query.none(request);
        streams.serve(new OwnerStream(feed, conversations, owner.get()), request, response);
    }
}
