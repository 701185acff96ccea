package dev.confab.adapter.web.conversation;

import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.response.Responses;
import dev.confab.application.CreateResult;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.Title;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** A conversation's head. */
public record ConversationJson(String id, @Nullable String title, long version, int messageCount,
        Map<String, String> metadata, boolean pinned, boolean archived, List<String> labels, String createdAt,
        String updatedAt, @Nullable String deletedAt,
        @Nullable OriginJson forkedFrom) {

    /** Where a fork came from. */
    record OriginJson(String conversationId, String messageId) {
        static OriginJson from(Origin origin) {
            return new OriginJson(origin.conversationId().toString(), origin.messageId().toString());
        }
    }

    public static ConversationJson from(Conversation head) {
        return new ConversationJson(head.id().toString(), head.title().map(Title::value).orElse(null),
                head.version().value(), head.messageCount(), head.metadata().pairs(),
                head.filing().pinned(), head.filing().archived(), List.copyOf(head.filing().labels()),
                ResponseJson.time(head.createdAt()),
                ResponseJson.time(head.updatedAt()), head.deletedAt().map(ResponseJson::time).orElse(null),
                head.origin().map(OriginJson::from).orElse(null));
    }

    /** The response to a write. */
    static ResponseEntity<ConversationJson> written(Conversation head) {
        return Responses.written(HttpStatus.OK, head.version()).body(from(head));
    }

    /** 201 for a new conversation, 200 for one that the same request had created before. */
    public static ResponseEntity<ConversationJson> created(CreateResult<Conversation> created) {
        Conversation head = created.value();
        return Responses.written(Responses.created(created.isNew()), head.version())
                .location(ApiPaths.of(ApiPaths.CONVERSATION, head.id())).body(from(head));
    }
}
