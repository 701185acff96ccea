package dev.confab.adapter.web.conversation;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message; its {@code data} is JSON text, written as it is. {@code incomplete} is null unless the answer was cut off. */
public record MessageJson(String id, int position, String role, @Nullable String author, String text,
        @JsonRawValue @Nullable String data, Map<String, String> metadata, String createdAt, @Nullable String editedAt,
        @Nullable String removedAt, @Nullable String incomplete, long version) {

    public static MessageJson from(Message message) {
        return new MessageJson(message.id().toString(), message.position(), name(message.role()),
                message.author().map(Author::name).orElse(null), message.text(),
                message.data().orElse(null), message.metadata().pairs(), ResponseJson.time(message.createdAt()),
                message.editedAt().map(ResponseJson::time).orElse(null),
                message.removedAt().map(ResponseJson::time).orElse(null),
                message.incomplete().map(IncompleteReason::code).orElse(null), message.version().value());
    }

    public static List<MessageJson> from(List<Message> messages) {
        return messages.stream().map(MessageJson::from).toList();
    }

    public static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
