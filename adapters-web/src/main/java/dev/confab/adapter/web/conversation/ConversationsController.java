package dev.confab.adapter.web.conversation;

import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.json.NoMembers;
import dev.confab.adapter.web.json.Patch;
import dev.confab.adapter.web.request.ConversationFilter;
import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.adapter.web.request.IfNoneMatch;
import dev.confab.adapter.web.request.PageRequest;
import dev.confab.adapter.web.request.UnsupportedHeader;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.response.PageJson;
import dev.confab.adapter.web.response.Responses;
import dev.confab.application.Conversations;
import dev.confab.application.Conversations.Change;
import dev.confab.application.Conversations.Fork;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.ListQuery.Sort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The heads of conversations. */
@RestController
final class ConversationsController {
    private final Conversations conversations;

    ConversationsController(Conversations conversations) {
        this.conversations = conversations;
    }

    @PostMapping(path = ApiPaths.CONVERSATIONS, produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<ConversationJson> create(FencingToken token,
            @JsonBody(optional = true) NewConversationJson body, IdempotencyKey key) {
        return ConversationJson.created(conversations.create(token, body.creation(key)));
    }

    @GetMapping(path = ApiPaths.CONVERSATIONS, produces = MediaType.APPLICATION_JSON_VALUE)
    PageJson<ConversationJson> list(OwnerId owner, @RequestParam Optional<Sort> sort,
            @RequestParam Optional<Boolean> deleted, ConversationFilter filter, PageRequest page) {
        Sort order = deleted.orElse(false) ? Sort.DELETED : sort.orElse(Sort.UPDATED);
        ListFilter shown = filter.of(order);
        String listing = "conversations " + order + filter.name() + " of " + owner;
        var query = new ListQuery(order, shown, page.limitOr(PageRequest.DEFAULT_LIMIT),
                ListPlaces.after(page, listing));
        return PageJson.of(conversations.list(owner, query), ConversationJson::from,
                key -> ListPlaces.next(page, listing, key));
    }

    @GetMapping(path = ApiPaths.CONVERSATION, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ConversationJson> get(OwnerId owner, @PathVariable ConversationId conversationId,
            IfNoneMatch known) {
        Conversation head = conversations.get(owner, conversationId);
        return known.respond(head.version(), ConversationJson.from(head));
    }

    @PatchMapping(path = ApiPaths.CONVERSATION, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ConversationJson> change(OwnerId owner, @PathVariable ConversationId conversationId,
            Precondition precondition, @JsonBody ConversationPatchJson patch) {
        return ConversationJson.written(conversations.change(owner, conversationId, patch.change(), precondition));
    }

    /** Moves it to the bin. The handler of {@code purge=true} is {@link #purge}. */
    @DeleteMapping(ApiPaths.CONVERSATION)
    ResponseEntity<Void> delete(OwnerId owner, @PathVariable ConversationId conversationId,
            @RequestParam Optional<Boolean> purge, Precondition precondition) {
        var answer = ResponseEntity.noContent();
        conversations.delete(owner, conversationId, precondition)
                .ifPresent(head -> answer.header(Responses.CONVERSATION_VERSION, head.version().toString()));
        return answer.build();
    }

    @DeleteMapping(path = ApiPaths.CONVERSATION, params = "purge=true")
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<Void> purge(OwnerId owner, @PathVariable ConversationId conversationId,
            @RequestParam Optional<Boolean> purge) {
        conversations.purge(owner, conversationId);
        return ResponseEntity.noContent().build();
    }

    @PostMapping(path = ApiPaths.CONVERSATION + "/restore", produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<ConversationJson> restore(OwnerId owner, @PathVariable ConversationId conversationId,
            @JsonBody(optional = true) NoMembers body) {
        return ConversationJson.written(conversations.restore(owner, conversationId));
    }

    @PostMapping(path = ApiPaths.CONVERSATION + "/fork", produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<ConversationJson> fork(FencingToken token, @PathVariable ConversationId conversationId,
            @JsonBody ForkJson body, IdempotencyKey key) {
        return ConversationJson.created(conversations.fork(token, conversationId, body.fork(key)));
    }

    /** A merge patch of a conversation. */
    record ConversationPatchJson(Patch<Title> title, Patch<Map<String, Optional<String>>> metadata,
            Patch<Boolean> pinned, Patch<Boolean> archived, Patch<List<String>> labels) {
        Change change() {
            return new Change(old -> title.apply(old, Optional.empty(), Optional::of),
                    old -> Patch.merged(old, metadata),
                    old -> new Filing(pinned.apply(old.pinned(), false, value -> value),
                            archived.apply(old.archived(), false, value -> value),
                            labels.apply(old.labels(), Filing.NONE.labels(), ConversationPatchJson::sorted)));
        }

        private static SortedSet<String> sorted(List<String> list) {
            if (list.stream().anyMatch(Objects::isNull)) {
                throw new InvalidValue("labels", "must be an array of strings");
            }
            return Filing.labels(list);
        }
    }

    /**
     * The body of a request for a fork.
     *
     * @param messageId the last message to copy
     * @param id of the new conversation
     */
    record ForkJson(MessageId messageId, Optional<Title> title, Optional<ConversationId> id) {
        Fork fork(IdempotencyKey key) {
            return new Fork(key.unless(id.map(ConversationId::value), ConversationIdReused.class), messageId, title);
        }
    }
}
