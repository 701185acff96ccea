package dev.confab.adapter.web.conversation;

import dev.confab.adapter.web.request.IfNoneMatch;
import dev.confab.adapter.web.request.JsonBody;
import dev.confab.adapter.web.request.NoMembers;
import dev.confab.adapter.web.request.Since;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.application.Messages;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The calls on the whole history of a conversation, which answer with the conversation. */
// described in openapi.yaml
@RestController
@RequestMapping(path = ApiPaths.CONVERSATION, produces = MediaType.APPLICATION_JSON_VALUE)
final class HistoryController {
    private final Messages messages;

    HistoryController(Messages messages) {
        this.messages = messages;
    }

    /** The body of a truncation: the last message to stay. */
    record TruncationJson(MessageId afterMessageId) {
    }

    @PostMapping("/truncate")
    ResponseEntity<ConversationJson> truncate(OwnerId owner, @PathVariable ConversationId conversationId,
            Precondition precondition, @JsonBody TruncationJson body) {
        return ConversationJson.written(messages.truncate(owner, conversationId, body.afterMessageId(), precondition));
    }

    @PostMapping("/clear")
    ResponseEntity<ConversationJson> clear(OwnerId owner, @PathVariable ConversationId conversationId,
            Precondition precondition, @JsonBody(optional = true) NoMembers body) {
        return ConversationJson.written(messages.clear(owner, conversationId, precondition));
    }

    @GetMapping("/changes")
    ResponseEntity<ChangesJson> changes(OwnerId owner, @PathVariable ConversationId conversationId,
            @RequestParam Since since, IfNoneMatch known) {
        var changes = messages.changesSince(owner, conversationId, since.version());
        return known.respond(changes.conversation().version(), ChangesJson.from(changes));
    }
}
