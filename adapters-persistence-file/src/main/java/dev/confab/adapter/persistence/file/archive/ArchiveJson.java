package dev.confab.adapter.persistence.file.archive;

import static dev.confab.adapter.persistence.file.json.StoredJson.text;

import dev.confab.adapter.persistence.file.json.StoredSessionJson;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.adapter.persistence.file.json.StoredTurnJson;
import dev.confab.domain.archive.ArchiveLine;
import dev.confab.domain.archive.ArchiveLine.Discarded;
import dev.confab.domain.archive.ArchiveLine.End;
import dev.confab.domain.archive.ArchiveLine.Head;
import dev.confab.domain.archive.ArchiveLine.Header;
import dev.confab.domain.archive.ArchiveLine.MessageLine;
import dev.confab.domain.archive.ArchiveLine.Missing;
import dev.confab.domain.archive.ArchiveLine.SessionLine;
import dev.confab.domain.archive.ArchiveLine.Total;
import dev.confab.domain.archive.ArchiveLine.TurnLine;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.OwnerId;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The lines of an archive as JSON: an object with one member, whose name is the kind of the line. */
final class ArchiveJson {
    private static final String HEADER = "confab";
    private static final String HEAD = "conversation";
    private static final String SESSION = "session";
    private static final String TURN = "turn";
    private static final String MESSAGE = "message";
    private static final String END = "end";
    private static final String DISCARDED = "discarded";
    private static final String MISSING = "missing";
    private static final String TOTAL = "total";

    private ArchiveJson() {
    }

    static void write(JsonGenerator json, ArchiveLine line) {
        json.writeStartObject();
        switch (line) {
            case Header header -> write(json, header);
            case Head(var head) -> {
                json.writeName(HEAD);
                StoredJson.write(json, head);
            }
            case SessionLine(var session) -> {
                json.writeName(SESSION);
                StoredSessionJson.write(json, session);
            }
            case TurnLine(var turn) -> {
                json.writeName(TURN);
                StoredTurnJson.write(json, turn);
            }
            case MessageLine(var message) -> {
                json.writeName(MESSAGE);
                StoredJson.write(json, message);
            }
            case End end -> write(json, end);
            case Discarded(var id) -> json.writeStringProperty(DISCARDED, id.toString());
            case Missing(var id, var reason) -> {
                json.writeObjectPropertyStart(MISSING);
                json.writeStringProperty("id", id.toString());
                json.writeStringProperty("reason", reason);
                json.writeEndObject();
            }
            case Total total -> write(json, total);
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Header header) {
        json.writeObjectPropertyStart(HEADER);
        json.writeNumberProperty("version", GzipArchiveFormat.VERSION);
        json.writeStringProperty("store", header.store());
        header.owner().ifPresent(owner -> json.writeStringProperty("owner", owner.value()));
        header.after().ifPresent(after -> json.writeStringProperty("after", after.toString()));
        json.writeStringProperty("at", header.at().toString());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, End end) {
        json.writeObjectPropertyStart(END);
        json.writeStringProperty("id", end.id().toString());
        json.writeNumberProperty("sessions", end.sessions());
        json.writeNumberProperty("turns", end.turns());
        json.writeNumberProperty("messages", end.messages());
        json.writeStringProperty("digest", end.digest().hex());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Total total) {
        json.writeObjectPropertyStart(TOTAL);
        json.writeNumberProperty("conversations", total.conversations());
        json.writeNumberProperty("messages", total.messages());
        json.writeNumberProperty("missing", total.missing());
        json.writeStringProperty("digest", total.digest().hex());
        json.writeEndObject();
    }

    /**
     * Reads a line.
     *
     * @param current the conversation that the line belongs to; sessions and turns do not name it
     */
    static ArchiveLine line(JsonNode line, Optional<ConversationId> current) {
        if (!line.isObject() || line.size() != 1) {
            throw new IllegalArgumentException("it is not an object with one member");
        }
        var member = line.properties().iterator().next();
        JsonNode json = member.getValue();
        return switch (member.getKey()) {
            case HEADER -> header(json);
            case HEAD -> new Head(StoredJson.conversation(json));
            case SESSION -> new SessionLine(StoredSessionJson.session(id(current), json));
            case TURN -> new TurnLine(StoredTurnJson.turn(id(current), json));
            case MESSAGE -> new MessageLine(StoredJson.message(json));
            case END -> new End(ConversationId.parse(text(json, "id")), json.required("sessions").intValue(),
                    json.required("turns").intValue(), json.required("messages").intValue(),
                    new Digest(text(json, "digest")));
            case DISCARDED -> new Discarded(ConversationId.parse(json.stringValue()));
            case MISSING -> new Missing(ConversationId.parse(text(json, "id")), text(json, "reason"));
            case TOTAL -> new Total(json.required("conversations").longValue(), json.required("messages").longValue(),
                    json.required("missing").longValue(), new Digest(text(json, "digest")));
            default -> throw new IllegalArgumentException("its kind \"" + member.getKey() + "\" is not known");
        };
    }

    private static Header header(JsonNode json) {
        int version = json.required("version").intValue();
        if (version != GzipArchiveFormat.VERSION) {
            throw new IllegalArgumentException("it has the version " + version + "; this Confab reads version "
                    + GzipArchiveFormat.VERSION);
        }
        return new Header(text(json, "store"), json.optional("owner").map(owner -> new OwnerId(owner.stringValue())),
                json.optional("after").map(after -> ConversationId.parse(after.stringValue())),
                StoredJson.time(json, "at"));
    }

    private static ConversationId id(Optional<ConversationId> current) {
        return current.orElseThrow(() -> new IllegalArgumentException("no conversation has begun"));
    }
}
