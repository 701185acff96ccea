package dev.confab.adapter.persistence.file.json;

import static dev.confab.adapter.persistence.file.json.StoredJson.metadata;
import static dev.confab.adapter.persistence.file.json.StoredJson.optional;
import static dev.confab.adapter.persistence.file.json.StoredJson.text;

import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Role;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The messages of a turn that waits, with the members of messages. */
final class StoredDraftJson {
    private StoredDraftJson() {
    }

    static void write(JsonGenerator json, MessageDraft draft) {
        json.writeStartObject();
        json.writeStringProperty("id", draft.id().toString());
        json.writeStringProperty("role", draft.role().name().toLowerCase(Locale.ROOT));
        draft.author().ifPresent(author -> json.writeStringProperty("author", author.name()));
        json.writeStringProperty("text", draft.text());
        draft.data().ifPresent(data -> json.writeStringProperty("data", data));
        StoredJson.write(json, draft.metadata());
        draft.createdAt().ifPresent(at -> json.writeStringProperty("createdAt", at.toString()));
        json.writeEndObject();
    }

    static MessageDraft draft(JsonNode json) {
        return new MessageDraft(MessageId.parse(text(json, "id")),
                Role.valueOf(text(json, "role").toUpperCase(Locale.ROOT)), optional(json, "author").map(Author::new),
                text(json, "text"), optional(json, "data"), metadata(json),
                optional(json, "createdAt").map(StoredJson::time));
    }
}
