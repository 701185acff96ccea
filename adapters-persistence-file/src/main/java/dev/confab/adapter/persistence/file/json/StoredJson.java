package dev.confab.adapter.persistence.file.json;

import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The domain's values in the files. An absent value is left out; {@code data} is a string: every character must come back. Values that
 * do not fit throw {@link IllegalArgumentException} or an exception of Jackson or the domain.
 */
public final class StoredJson {
    public static final JsonMapper MAPPER = new JsonMapper();

    private StoredJson() {
    }

    public static byte[] bytes(Consumer<JsonGenerator> writer) {
        var out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = MAPPER.tokenStreamFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            writer.accept(json);
        }
        return out.toByteArray();
    }

    /** The JSON of a {@link ChecksummedLine}, given without its newline; empty when the line is damaged. */
    public static Optional<JsonNode> line(byte[] bytes, int from, int length) {
        OptionalInt json = ChecksummedLine.check(bytes, from, length);
        return json.isEmpty()
                ? Optional.empty()
                : Optional.of(MAPPER.readTree(bytes, from + ChecksummedLine.PREFIX, json.getAsInt()));
    }

    /** What {@code read} makes of such a line; {@code what} begins the reason of the damage. */
    public static <T> T read(String what, byte[] bytes, int from, int length, Function<JsonNode, T> read)
            throws FileDamaged {
        try {
            return read.apply(line(bytes, from, length)
                    .orElseThrow(() -> new FileDamaged(what + " does not match its checksum")));
        } catch (JacksonException | IllegalArgumentException | ConfabException e) {
            throw new FileDamaged(what + " cannot be read: " + reason(e));
        }
    }

    /** Why a record cannot be read, in one line: Jackson's own messages have several. */
    public static String reason(RuntimeException e) {
        if (!(e instanceof JacksonException malformed)) {
            return String.valueOf(e.getMessage());
        }
        TokenStreamLocation at = malformed.getLocation();
        return malformed.getOriginalMessage()
                + (at == null || at.getColumnNr() < 1 ? "" : ", at character " + at.getColumnNr() + " of the JSON");
    }

    /** The owner in the line of a head, whether its checksum is right or not; empty when it cannot be read. */
    public static Optional<OwnerId> ownerOfHead(byte[] line) {
        int length = line.length - ChecksummedLine.PREFIX - 2;
        try {
            return length < 0
                    ? Optional.empty()
                    : MAPPER.readTree(line, ChecksummedLine.PREFIX, length).optional("conversation")
                            .map(head -> new OwnerId(text(head, "owner")));
        } catch (JacksonException | IllegalArgumentException | ConfabException unreadable) {
            return Optional.empty();
        }
    }

    public static void write(JsonGenerator json, Conversation head) {
        json.writeStartObject();
        json.writeStringProperty("id", head.id().toString());
        json.writeStringProperty("owner", head.owner().value());
        head.title().ifPresent(title -> json.writeStringProperty("title", title.value()));
        write(json, head.metadata());
        write(json, head.filing());
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

    public static Conversation conversation(JsonNode json) {
        return new Conversation(ConversationId.parse(text(json, "id")), new OwnerId(text(json, "owner")), title(json),
                metadata(json), filing(json), version(json), json.required("messageCount").intValue(),
                time(json, "createdAt"),
                time(json, "updatedAt"), optional(json, "deletedAt").map(StoredJson::time),
                optional(json, "expiresAt").map(StoredJson::time), origin(json), new Digest(text(json, "digest")));
    }

    static void write(JsonGenerator json, Origin origin) {
        json.writeObjectPropertyStart("origin");
        json.writeStringProperty("conversationId", origin.conversationId().toString());
        json.writeStringProperty("messageId", origin.messageId().toString());
        json.writeEndObject();
    }

    static Optional<Origin> origin(JsonNode json) {
        return json.optional("origin").map(origin -> new Origin(
                ConversationId.parse(text(origin, "conversationId")), MessageId.parse(text(origin, "messageId"))));
    }

    /** Position, id and version come first, because an index of the messages reads only these. */
    public static void write(JsonGenerator json, Message message) {
        json.writeStartObject();
        json.writeNumberProperty("position", message.position());
        json.writeStringProperty("id", message.id().toString());
        json.writeNumberProperty("version", message.version().value());
        json.writeStringProperty("role", message.role().name().toLowerCase(Locale.ROOT));
        message.author().ifPresent(author -> json.writeStringProperty("author", author.name()));
        json.writeStringProperty("text", message.text());
        message.data().ifPresent(data -> json.writeStringProperty("data", data));
        write(json, message.metadata());
        json.writeStringProperty("createdAt", message.createdAt().toString());
        message.editedAt().ifPresent(at -> json.writeStringProperty("editedAt", at.toString()));
        message.removedAt().ifPresent(at -> json.writeStringProperty("removedAt", at.toString()));
        message.incomplete().ifPresent(reason -> json.writeStringProperty("incomplete", reason.code()));
        json.writeStringProperty("digest", message.digest().hex());
        json.writeEndObject();
    }

    public static Message message(JsonNode json) {
        return new Message(MessageId.parse(text(json, "id")), json.required("position").intValue(),
                Role.valueOf(text(json, "role").toUpperCase(Locale.ROOT)), optional(json, "author").map(Author::new),
                text(json, "text"), optional(json, "data"), metadata(json), time(json, "createdAt"),
                optional(json, "editedAt").map(StoredJson::time), optional(json, "removedAt").map(StoredJson::time),
                version(json), new Digest(text(json, "digest")),
                optional(json, "incomplete").map(IncompleteReason::new));
    }

    static void write(JsonGenerator json, List<Message> messages) {
        writeList(json, "messages", messages, StoredJson::write);
    }

    public static <T> void writeList(JsonGenerator json, String name, List<T> items,
            BiConsumer<JsonGenerator, T> write) {
        json.writeArrayPropertyStart(name);
        items.forEach(item -> write.accept(json, item));
        json.writeEndArray();
    }

    static List<Message> messages(JsonNode json) {
        return list(json.required("messages"), StoredJson::message);
    }

    static void write(JsonGenerator json, Metadata metadata) {
        if (!metadata.pairs().isEmpty()) {
            json.writeObjectPropertyStart("metadata");
            metadata.pairs().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }

    static Metadata metadata(JsonNode json) {
        return json.optional("metadata").map(metadata -> new Metadata(metadata.propertyStream()
                .collect(Collectors.toMap(Map.Entry::getKey, pair -> pair.getValue().stringValue()))))
                .orElse(Metadata.EMPTY);
    }

    /** What is not so, and no labels, is left out. */
    static void write(JsonGenerator json, Filing filing) {
        if (filing.pinned()) {
            json.writeBooleanProperty("pinned", true);
        }
        if (filing.archived()) {
            json.writeBooleanProperty("archived", true);
        }
        if (!filing.labels().isEmpty()) {
            json.writeArrayPropertyStart("labels");
            filing.labels().forEach(json::writeString);
            json.writeEndArray();
        }
    }

    static Filing filing(JsonNode json) {
        return new Filing(json.path("pinned").booleanValue(false), json.path("archived").booleanValue(false),
                Filing.labels(json.path("labels").valueStream().map(JsonNode::stringValue).toList()));
    }

    static Optional<Title> title(JsonNode json) {
        return optional(json, "title").map(Title::new);
    }

    static Version version(JsonNode json) {
        return new Version(json.required("version").longValue());
    }

    public static Instant time(JsonNode json, String name) {
        return time(text(json, name));
    }

    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("malformed time \"" + text + "\"", e);
        }
    }

    public static String text(JsonNode json, String name) {
        return json.required(name).stringValue();
    }

    static Optional<String> optional(JsonNode json, String name) {
        return json.optional(name).map(JsonNode::stringValue);
    }

    public static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        return array.valueStream().map(read).toList();
    }
}
