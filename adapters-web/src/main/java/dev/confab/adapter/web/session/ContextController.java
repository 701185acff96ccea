package dev.confab.adapter.web.session;

import dev.confab.adapter.web.conversation.MessageJson;
import dev.confab.adapter.web.request.IfNoneMatch;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.application.Turns;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.TokenWindow;
import dev.confab.domain.query.TokenWindow.Counted;
import dev.confab.domain.session.Session.TokenBudget;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an assistant would be told of a conversation, for a client that calls a model itself. */
@RestController
final class ContextController {
    private final Turns turns;

    ContextController(Turns turns) {
        this.turns = turns;
    }

    @GetMapping(path = ApiPaths.CONVERSATION + "/context", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ContextJson> context(OwnerId owner, @PathVariable ConversationId conversationId,
            @RequestParam TokenBudget maxTokens, @RequestParam Optional<String> model, IfNoneMatch known) {
        TokenWindow window = turns.context(owner, conversationId, maxTokens, model);
        return known.respond(window.conversation().version(), ContextJson.from(window));
    }

    /**
     * The selected messages.
     *
     * @param tokens of all items
     * @param omitted how many older messages are left out
     */
    record ContextJson(List<CountedJson> items, int tokens, int omitted, String encoding, long version) {
        static ContextJson from(TokenWindow window) {
            return new ContextJson(window.messages().stream().map(CountedJson::from).toList(), window.tokens(),
                    window.omitted(), window.encoding(), window.conversation().version().value());
        }
    }

    /** A message and its tokens. */
    record CountedJson(int tokens, MessageJson message) {
        static CountedJson from(Counted counted) {
            return new CountedJson(counted.tokens(), MessageJson.from(counted.message()));
        }
    }
}
