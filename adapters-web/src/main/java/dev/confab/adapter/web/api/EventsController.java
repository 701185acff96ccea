package dev.confab.adapter.web.api;

import dev.confab.application.Conversations;
import dev.confab.application.Messages;
import dev.confab.domain.conversation.ConversationId;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Opens event streams. */
@Hidden // described in openapi.yaml
@RestController
final class EventsController {
    private static final Pattern VERSION = Pattern.compile("0|[1-9][0-9]{0,17}");
    private final EventStreams streams;
    private final Conversations conversations;
    private final Messages messages;
    private final CurrentOwner owner;

    EventsController(EventStreams streams, Conversations conversations, Messages messages, CurrentOwner owner) {
        this.streams = streams;
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
                new ConversationStream(conversations, messages, owner.get(), id, lastEventId(request).or(() -> since)),
                request, response);
    }

    @GetMapping(path = ApiPaths.API + "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void owner(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query.none(request);
        streams.serve(new OwnerStream(conversations, owner.get()), request, response);
    }

    private static Optional<Long> lastEventId(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Last-Event-ID")).filter(id -> !id.isEmpty()).map(id -> {
            if (!VERSION.matcher(id).matches()) {
                throw ApiException.invalid("Last-Event-ID is not a version");
            }
            return Long.parseLong(id);
        });
    }
}
