package dev.confab.adapter.web.api;

import dev.confab.application.Conversations;
import dev.confab.application.Conversations.Creation;
import dev.confab.application.Conversations.Fork;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Title;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Conversations as a whole; {@link ConversationListController} lists them. */
@Hidden // described in openapi.yaml
@RestController
final class ConversationsController {
    private final Conversations conversations;
    private final CurrentOwner owner;

    ConversationsController(Conversations conversations, CurrentOwner owner) {
        this.conversations = conversations;
        this.owner = owner;
    }

    @PostMapping(path = ApiPaths.CONVERSATIONS, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ConversationJson> create(HttpServletRequest request) throws IOException {
        Query.none(request);
        JsonValue body = Bodies.optionalJson(request).orElseGet(() -> new JsonValue.JsonObject(Map.of()));
        return Answers.made(conversations.create(owner.get(), creation(body, request)));
    }

    @GetMapping(path = ApiPaths.CONVERSATION, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ConversationJson> get(@PathVariable String conversationId, HttpServletRequest request) {
        Query.none(request);
        Conversation head = conversations.get(owner.get(), ConversationId.parse(conversationId));
        return Answers.read(request, head.version(), ConversationJson.from(head));
    }

    @PatchMapping(path = ApiPaths.CONVERSATION, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ConversationJson> change(@PathVariable String conversationId, HttpServletRequest request)
            throws IOException {
        Query.none(request);
        var id = ConversationId.parse(conversationId);
        var precondition = EntityTags.ifMatch(request);
        var change = MergePatch.change(Bodies.mergePatch(request));
        return Answers.written(conversations.change(owner.get(), id, change, precondition));
    }

    @DeleteMapping(ApiPaths.CONVERSATION)
    ResponseEntity<Void> delete(@PathVariable String conversationId, HttpServletRequest request) {
        boolean purge = Query.of(request, "purge").flag("purge");
        var id = ConversationId.parse(conversationId);
        if (purge) {
            EntityTags.refuseIfMatch(request);
            conversations.purge(owner.get(), id);
            return ResponseEntity.noContent().build();
        }
        Conversation head = conversations.delete(owner.get(), id, EntityTags.ifMatch(request));
        return ResponseEntity.noContent().header(Answers.CONVERSATION_VERSION, head.version().toString()).build();
    }

    @PostMapping(path = ApiPaths.CONVERSATION + "/restore", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ConversationJson> restore(@PathVariable String conversationId, HttpServletRequest request)
            throws IOException {
        Query.none(request);
        var id = ConversationId.parse(conversationId);
        EntityTags.refuseIfMatch(request);
        Bodies.none(request);
        return Answers.written(conversations.restore(owner.get(), id));
    }

    @PostMapping(path = ApiPaths.CONVERSATION + "/fork", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ConversationJson> fork(@PathVariable String conversationId, HttpServletRequest request)
            throws IOException {
        Query.none(request);
        var id = ConversationId.parse(conversationId);
        var members = Members.of(Bodies.json(request), Pointer.ROOT, "messageId", "title", "id");
        var messageId = members.required("messageId", Members.string(MessageId::parse));
        var title = members.optional("title", Members.string(Title::new));
        var newId = members.optional("id", Members.string(ConversationId::parse)).map(ConversationId::value);
        return Answers.made(
                conversations.fork(owner.get(), id, new Fork(RequestedIds.of(newId, request), messageId, title)));
    }

    private static Creation creation(JsonValue body, HttpServletRequest request) {
        var members = Members.of(body, Pointer.ROOT, "id", "title", "metadata", "messages");
        var id = members.optional("id", Members.string(ConversationId::parse)).map(ConversationId::value);
        return new Creation(RequestedIds.of(id, request), members.optional("title", Members.string(Title::new)),
                members.optional("metadata", Members::metadata).orElse(Metadata.EMPTY),
                members.optional("messages", Drafts.several(0)).orElse(List.of()));
    }
}
