package dev.confab.adapter.web.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message; its {@code data} is JSON text, written as it is. */
@JsonPropertyOrder({"id", "position", "role", "text", "data", "metadata", "createdAt", "editedAt", "version"})
record MessageJson(String id, int position, String role, String text, @JsonRawValue @Nullable String data,
        Map<String, String> metadata, String createdAt, @Nullable String editedAt, long version) {

    static MessageJson from(Message message) {
        return new MessageJson(message.id().toString(), message.position(), name(message.role()), message.text(),
                message.data().orElse(null), message.metadata().pairs(), Json.time(message.createdAt()),
                message.editedAt().map(Json::time).orElse(null), message.version().value());
    }

    static List<MessageJson> from(List<Message> messages) {
        return messages.stream().map(MessageJson::from).toList();
    }

    static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
