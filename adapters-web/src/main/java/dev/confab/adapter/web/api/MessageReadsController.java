package dev.confab.adapter.web.api;

import dev.confab.application.Messages;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.Window;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads of the messages of a conversation. */
@Hidden // described in openapi.yaml
@RestController
@RequestMapping(path = ApiPaths.CONVERSATION, produces = MediaType.APPLICATION_JSON_VALUE)
final class MessageReadsController {
    private final Messages messages;
    private final CurrentOwner owner;
    private final MessageWindows windows;

    MessageReadsController(Messages messages, CurrentOwner owner, Cursors cursors) {
        this.messages = messages;
        this.owner = owner;
        this.windows = new MessageWindows(cursors);
    }

    @GetMapping("/messages")
    ResponseEntity<PageJson.Messages> list(@PathVariable String conversationId, HttpServletRequest request) {
        var query = Query.of(request, "limit", "order", "cursor", "after", "before");
        var id = ConversationId.parse(conversationId);
        String listing = "messages of " + id + " of " + owner.get();
        Window window = windows.of(query, listing);
        var read = messages.read(owner.get(), id, window);
        Version version = read.conversation().version();
        String next = read.more() ? windows.next(listing, window, read.messages().getLast().position()) : null;
        return Answers.read(request, version,
                new PageJson.Messages(MessageJson.from(read.messages()), next, version.value()));
    }

    @GetMapping("/messages/{messageId}")
    ResponseEntity<MessageJson> get(@PathVariable String conversationId, @PathVariable String messageId,
            HttpServletRequest request) {
        Query.none(request);
        var read = messages.read(owner.get(), ConversationId.parse(conversationId), MessageId.parse(messageId));
        Message message = read.messages().getFirst();
        return Answers.read(request, message.version(), MessageJson.from(message));
    }

    @GetMapping("/changes")
    ResponseEntity<ChangesJson> changes(@PathVariable String conversationId, HttpServletRequest request) {
        long since = Query.of(request, "since").number("since")
                .orElseThrow(() -> ApiException.invalid("since: is missing"));
        var changes = messages.changesSince(owner.get(), ConversationId.parse(conversationId), since);
        return Answers.read(request, changes.conversation().version(), ChangesJson.from(changes));
    }
}
