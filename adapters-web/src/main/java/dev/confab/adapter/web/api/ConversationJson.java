package dev.confab.adapter.web.api;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.Title;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** A conversation's head. */
@JsonPropertyOrder({"id", "title", "version", "messageCount", "metadata", "createdAt", "updatedAt", "deletedAt",
        "forkedFrom"})
record ConversationJson(String id, @Nullable String title, long version, int messageCount,
        Map<String, String> metadata, String createdAt, String updatedAt, @Nullable String deletedAt,
        @Nullable OriginJson forkedFrom) {

    /** Where a fork came from. */
    @JsonPropertyOrder({"conversationId", "messageId"})
    record OriginJson(String conversationId, String messageId) {
        static OriginJson from(Origin origin) {
            return new OriginJson(origin.conversationId().toString(), origin.messageId().toString());
        }
    }

    static ConversationJson from(Conversation head) {
        return new ConversationJson(head.id().toString(), head.title().map(Title::value).orElse(null),
                head.version().value(), head.messageCount(), head.metadata().pairs(), Json.time(head.createdAt()),
                Json.time(head.updatedAt()), head.deletedAt().map(Json::time).orElse(null),
                head.origin().map(OriginJson::from).orElse(null));
    }
}
