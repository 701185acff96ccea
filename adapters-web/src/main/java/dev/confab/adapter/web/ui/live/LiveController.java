package dev.confab.adapter.web.ui.live;

import dev.confab.adapter.web.event.EventStreams;
import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.application.Conversations;
import dev.confab.application.TurnEvents;
import dev.confab.application.Turns;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The event stream of a page. */
@Controller
final class LiveController {
    private final EventStreams streams;
    private final ChangeFeed feed;
    private final Conversations conversations;
    private final Turns turns;
    private final TurnEvents events;

    LiveController(EventStreams streams, ChangeFeed feed, Conversations conversations, Turns turns, TurnEvents events) {
        this.streams = streams;
        this.feed = feed;
        this.conversations = conversations;
        this.turns = turns;
        this.events = events;
    }

    /** @param conversation that the page shows */
    @GetMapping(path = UiPaths.CHAT + "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void live(OwnerId owner, Caller caller, @RequestParam Optional<ConversationId> conversation, HttpMethod method,
            HttpServletResponse response) throws IOException {
        Optional<OpenConversation> open = conversation
                .map(id -> new OpenConversation(owner, id, conversations, turns, events));
        streams.serve(caller, new PageStream(feed, owner, open), method, response);
    }
}
