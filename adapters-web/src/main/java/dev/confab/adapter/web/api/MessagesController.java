package dev.confab.adapter.web.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.confab.application.Messages;
import dev.confab.application.Messages.Written;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Writes to the messages of a conversation; {@link MessageReadsController} reads them. */
@Hidden // described in openapi.yaml
@RestController
@RequestMapping(path = ApiPaths.CONVERSATION, produces = MediaType.APPLICATION_JSON_VALUE)
final class MessagesController {
    private final Messages messages;
    private final CurrentOwner owner;

    MessagesController(Messages messages, CurrentOwner owner) {
        this.messages = messages;
        this.owner = owner;
    }

    /** What a batch made. */
    @JsonPropertyOrder({"items", "version"})
    record BatchJson(List<MessageJson> items, long version) {
    }

    @PostMapping("/messages")
    ResponseEntity<MessageJson> append(@PathVariable String conversationId, HttpServletRequest request)
            throws IOException {
        Query.none(request);
        var id = ConversationId.parse(conversationId);
        var precondition = EntityTags.ifMatch(request);
        var draft = Drafts.one(Bodies.json(request), request);
        Written<Message> written = messages.append(owner.get(), id, draft, precondition);
        Message message = written.value();
        return Answers.written(status(written), written.conversationVersion(), written.conversationVersion())
                .location(URI.create(ApiPaths.message(id, message.id()))).body(MessageJson.from(message));
    }

    @PostMapping("/messages/batch")
    ResponseEntity<BatchJson> appendAll(@PathVariable String conversationId, HttpServletRequest request)
            throws IOException {
        Query.none(request);
        var id = ConversationId.parse(conversationId);
        RequestedIds.refuseKey(request);
        var precondition = EntityTags.ifMatch(request);
        var members = Members.of(Bodies.json(request), Pointer.ROOT, "messages");
        var drafts = members.required("messages", Drafts.several(1));
        Written<List<Message>> written = messages.appendAll(owner.get(), id, drafts, precondition);
        return Answers.written(status(written), written.conversationVersion(), written.conversationVersion())
                .body(new BatchJson(MessageJson.from(written.value()), written.conversationVersion().value()));
    }

    @PatchMapping("/messages/{messageId}")
    ResponseEntity<MessageJson> edit(@PathVariable String conversationId, @PathVariable String messageId,
            HttpServletRequest request) throws IOException {
        Query.none(request);
        var id = ConversationId.parse(conversationId);
        var message = MessageId.parse(messageId);
        var precondition = EntityTags.ifMatch(request);
        var edit = MergePatch.edit(Bodies.mergePatch(request));
        Written<Message> written = messages.edit(owner.get(), id, message, edit, precondition);
        return Answers.written(HttpStatus.OK, written.value().version(), written.conversationVersion())
                .body(MessageJson.from(written.value()));
    }

    @PostMapping("/truncate")
    ResponseEntity<ConversationJson> truncate(@PathVariable String conversationId, HttpServletRequest request)
            throws IOException {
        Query.none(request);
        var id = ConversationId.parse(conversationId);
        var precondition = EntityTags.ifMatch(request);
        var last = Members.of(Bodies.json(request), Pointer.ROOT, "afterMessageId").required("afterMessageId",
                Members.string(MessageId::parse));
        return Answers.written(messages.truncate(owner.get(), id, last, precondition));
    }

    @PostMapping("/clear")
    ResponseEntity<ConversationJson> clear(@PathVariable String conversationId, HttpServletRequest request)
            throws IOException {
        Query.none(request);
        var id = ConversationId.parse(conversationId);
        var precondition = EntityTags.ifMatch(request);
        Bodies.none(request);
        return Answers.written(messages.clear(owner.get(), id, precondition));
    }

    private static HttpStatus status(Written<?> written) {
        return written.isNew() ? HttpStatus.CREATED : HttpStatus.OK;
    }
}
