package dev.confab.adapter.web.search;

import dev.confab.adapter.web.conversation.MessageJson;
import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.query.SearchHit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search hit: a message, or a title; a title has no message id, position and role.
 *
 * @param otherConversations how many other conversations hold the message
 */
public record SearchHitJson(String conversationId, @Nullable String title, @Nullable String messageId,
        @Nullable Integer position,
        @Nullable String role, String createdAt, String snippet, List<List<Integer>> matches,
        int otherConversations) {

    public static SearchHitJson from(SearchHit hit) {
        return new SearchHitJson(hit.conversation().toString(), hit.title().map(Title::value).orElse(null),
                hit.message().map(message -> message.id().toString()).orElse(null),
                hit.message().map(Message::position).orElse(null),
                hit.message().map(message -> MessageJson.name(message.role())).orElse(null),
                ResponseJson.time(hit.createdAt()), hit.snippet().text(),
                hit.snippet().matches().stream().map(match -> List.of(match.start(), match.end())).toList(),
                hit.otherConversations());
    }
}
