package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The domain's values as JSON, written by hand: the files are a format of their own, that no renaming in the domain may change.
 * An absent value is left out. {@code data} stays a string, so that it comes back to the character.
 */
final class Json {
    static final JsonMapper MAPPER = new JsonMapper();

    private Json() {
    }

    static byte[] bytes(Consumer<JsonGenerator> writer) {
        var out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = MAPPER.tokenStreamFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            writer.accept(json);
        }
        return out.toByteArray();
    }

    static JsonNode tree(byte[] bytes, int from, int length) {
        return MAPPER.readTree(bytes, from, length);
    }

    static void write(JsonGenerator json, Conversation head) {
        json.writeStartObject();
        json.writeStringProperty("id", head.id().toString());
        json.writeStringProperty("owner", head.owner().value());
        head.title().ifPresent(title -> json.writeStringProperty("title", title.value()));
        write(json, head.metadata());
        json.writeNumberProperty("version", head.version().value());
        json.writeNumberProperty("messageCount", head.messageCount());
        json.writeStringProperty("createdAt", head.createdAt().toString());
        json.writeStringProperty("updatedAt", head.updatedAt().toString());
        head.deletedAt().ifPresent(at -> json.writeStringProperty("deletedAt", at.toString()));
        head.expiresAt().ifPresent(at -> json.writeStringProperty("expiresAt", at.toString()));
        head.origin().ifPresent(origin -> write(json, origin));
        json.writeStringProperty("digest", head.digest().hex());
        json.writeEndObject();
    }

    static Conversation conversation(JsonNode json) {
        return new Conversation(ConversationId.parse(text(json, "id")), new OwnerId(text(json, "owner")), title(json),
                metadata(json), version(json), json.required("messageCount").intValue(), time(json, "createdAt"),
                time(json, "updatedAt"), optional(json, "deletedAt").map(Json::time),
                optional(json, "expiresAt").map(Json::time), origin(json),
                new Digest(text(json, "digest")));
    }

    static void write(JsonGenerator json, Origin origin) {
        json.writeObjectPropertyStart("origin");
        json.writeStringProperty("conversationId", origin.conversationId().toString());
        json.writeStringProperty("messageId", origin.messageId().toString());
        json.writeEndObject();
    }

    static Optional<Origin> origin(JsonNode json) {
        return Optional.ofNullable(json.get("origin")).map(origin -> new Origin(
                ConversationId.parse(text(origin, "conversationId")), MessageId.parse(text(origin, "messageId"))));
    }

    /** Position, id and version come first: an index of the messages reads no further ({@link MessageIndex}). */
    static void write(JsonGenerator json, Message message) {
        json.writeStartObject();
        json.writeNumberProperty("position", message.position());
        json.writeStringProperty("id", message.id().toString());
        json.writeNumberProperty("version", message.version().value());
        json.writeStringProperty("role", message.role().name().toLowerCase(Locale.ROOT));
        json.writeStringProperty("text", message.text());
        message.data().ifPresent(data -> json.writeStringProperty("data", data));
        write(json, message.metadata());
        json.writeStringProperty("createdAt", message.createdAt().toString());
        message.editedAt().ifPresent(at -> json.writeStringProperty("editedAt", at.toString()));
        json.writeStringProperty("digest", message.digest().hex());
        json.writeEndObject();
    }

    static Message message(JsonNode json) {
        return new Message(MessageId.parse(text(json, "id")), json.required("position").intValue(),
                Role.valueOf(text(json, "role").toUpperCase(Locale.ROOT)), text(json, "text"), optional(json, "data"),
                metadata(json), time(json, "createdAt"), optional(json, "editedAt").map(Json::time), version(json),
                new Digest(text(json, "digest")));
    }

    static void write(JsonGenerator json, List<Message> messages) {
        json.writeArrayPropertyStart("messages");
        messages.forEach(message -> write(json, message));
        json.writeEndArray();
    }

    static List<Message> messages(JsonNode json) {
        var messages = new ArrayList<Message>();
        json.required("messages").forEach(message -> messages.add(message(message)));
        return messages;
    }

    static void write(JsonGenerator json, Metadata metadata) {
        if (!metadata.pairs().isEmpty()) {
            json.writeObjectPropertyStart("metadata");
            metadata.pairs().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }

    static Metadata metadata(JsonNode json) {
        JsonNode metadata = json.get("metadata");
        if (metadata == null) {
            return Metadata.EMPTY;
        }
        var pairs = new TreeMap<String, String>();
        metadata.properties().forEach(pair -> pairs.put(pair.getKey(), pair.getValue().stringValue()));
        return new Metadata(pairs);
    }

    static Optional<Title> title(JsonNode json) {
        return optional(json, "title").map(Title::new);
    }

    static Version version(JsonNode json) {
        return new Version(json.required("version").longValue());
    }

    static Instant time(JsonNode json, String name) {
        return time(text(json, name));
    }

    /** {@link IllegalArgumentException} for what is none, as for every other value that is none. */
    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("no time: " + text, e);
        }
    }

    static String text(JsonNode json, String name) {
        return json.required(name).stringValue();
    }

    static Optional<String> optional(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::stringValue);
    }
}
