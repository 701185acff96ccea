package dev.confab.adapter.web.conversation;

import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.json.NoMembers;
import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.adapter.web.request.IfNoneMatch;
import dev.confab.adapter.web.request.PageRequest;
import dev.confab.adapter.web.request.Since;
import dev.confab.adapter.web.request.UnsupportedHeader;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.response.Responses;
import dev.confab.application.Messages;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.query.Window;
import dev.confab.domain.query.Window.Order;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The messages of a conversation, and its history as a whole. */
@RestController
@RequestMapping(path = ApiPaths.CONVERSATION, produces = MediaType.APPLICATION_JSON_VALUE)
final class MessagesController {
    private final Messages messages;

    MessagesController(Messages messages) {
        this.messages = messages;
    }

    @PostMapping("/messages")
    ResponseEntity<MessageJson> append(OwnerId owner, @PathVariable ConversationId conversationId,
            Precondition precondition, @JsonBody NewMessageJson body, IdempotencyKey key) {
        var written = messages.append(owner, conversationId, body.message(key), precondition);
        return Responses.written(Responses.created(written.isNew()), written.conversationVersion())
                .location(ApiPaths.of(ApiPaths.MESSAGE, conversationId, written.value().id()))
                .body(MessageJson.from(written.value()));
    }

    @PostMapping("/messages/batch")
    @UnsupportedHeader(value = IdempotencyKey.HEADER, advice = "Give each message an id.")
    ResponseEntity<BatchJson> appendAll(OwnerId owner, @PathVariable ConversationId conversationId,
            Precondition precondition, @JsonBody NewBatchJson body) {
        var written = messages.appendAll(owner, conversationId, NewMessageJson.messages(body.messages()), precondition);
        return Responses.written(Responses.created(written.isNew()), written.conversationVersion())
                .body(new BatchJson(MessageJson.from(written.value()), written.conversationVersion().value()));
    }

    @GetMapping("/messages")
    ResponseEntity<MessagePageJson> list(OwnerId owner, @PathVariable ConversationId conversationId,
            @RequestParam Optional<Order> order, @RequestParam Optional<Integer> after,
            @RequestParam Optional<Integer> before, PageRequest page, IfNoneMatch known) {
        var listing = new MessageListing(conversationId, owner, order.orElse(Order.ASCENDING), page);
        Window window = listing.window(after, before);
        var read = messages.read(owner, conversationId, window);
        return known.respond(read.conversation().version(),
                new MessagePageJson(MessageJson.from(read.messages()), listing.next(read, window),
                        read.conversation().version().value()));
    }

    @GetMapping("/messages/{messageId}")
    ResponseEntity<MessageJson> get(OwnerId owner, @PathVariable ConversationId conversationId,
            @PathVariable MessageId messageId, IfNoneMatch known) {
        Message message = messages.read(owner, conversationId, messageId).messages().getFirst();
        return known.respond(message.version(), MessageJson.from(message));
    }

    @PatchMapping("/messages/{messageId}")
    ResponseEntity<MessageJson> edit(OwnerId owner, @PathVariable ConversationId conversationId,
            @PathVariable MessageId messageId, Precondition precondition, @JsonBody MessagePatchJson patch) {
        var written = messages.edit(owner, conversationId, messageId, patch.edit(), precondition);
        return Responses.written(HttpStatus.OK, written.conversationVersion())
                .eTag(Responses.tag(written.value().version()))
                .body(MessageJson.from(written.value()));
    }

    @DeleteMapping("/messages/{messageId}")
    ResponseEntity<Void> remove(OwnerId owner, @PathVariable ConversationId conversationId,
            @PathVariable MessageId messageId, Precondition precondition) {
        var written = messages.remove(owner, conversationId, messageId, precondition);
        return Responses.written(HttpStatus.NO_CONTENT, written.conversationVersion())
                .eTag(Responses.tag(written.value().version())).build();
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

    /** The body of a request that appends several messages in one commit. */
    record NewBatchJson(List<NewMessageJson> messages) {
        NewBatchJson {
            NewMessageJson.requireBatch(1, Messages.MAX_BATCH, messages);
        }
    }

    /** The messages that a batch appended, and the version of the conversation afterwards. */
    record BatchJson(List<MessageJson> items, long version) {
    }

    /** A page of messages, and the version of the conversation at the same moment. */
    record MessagePageJson(List<MessageJson> items, @Nullable String nextCursor, long version) {
    }

    /** The body of a request that truncates a conversation: the last message to stay. */
    record TruncationJson(MessageId afterMessageId) {
    }
}
