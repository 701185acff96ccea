package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationEvent.ConversationDeleted;
import dev.confab.domain.conversation.ConversationEvent.ConversationForked;
import dev.confab.domain.conversation.ConversationEvent.ConversationImported;
import dev.confab.domain.conversation.ConversationEvent.ConversationMadePermanent;
import dev.confab.domain.conversation.ConversationEvent.ConversationPurged;
import dev.confab.domain.conversation.ConversationEvent.ConversationRenamed;
import dev.confab.domain.conversation.ConversationEvent.ConversationRestored;
import dev.confab.domain.conversation.ConversationEvent.ConversationStarted;
import dev.confab.domain.conversation.ConversationEvent.ConversationTruncated;
import dev.confab.domain.conversation.ConversationEvent.MessageAppended;
import dev.confab.domain.conversation.ConversationEvent.MessageEdited;
import dev.confab.domain.conversation.ConversationEvent.MetadataChanged;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.OwnerId;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** An event of the journal as JSON. Its conversation stands once, in the commit around it. */
final class EventJson {
    private EventJson() {
    }

    static void write(JsonGenerator json, ConversationEvent event) {
        json.writeStartObject();
        switch (event) {
            case ConversationStarted e -> {
                begin(json, "started", e.at());
                json.writeStringProperty("owner", e.owner().value());
                e.title().ifPresent(title -> json.writeStringProperty("title", title.value()));
                Json.write(json, e.metadata());
                e.expiresAt().ifPresent(end -> json.writeStringProperty("expiresAt", end.toString()));
                json.writeStringProperty("digest", e.digest().hex());
            }
            case ConversationForked e -> {
                begin(json, "forked", e.at());
                json.writeStringProperty("owner", e.owner().value());
                e.title().ifPresent(title -> json.writeStringProperty("title", title.value()));
                Json.write(json, e.metadata());
                Json.write(json, e.origin());
                json.writeStringProperty("digest", e.digest().hex());
                Json.write(json, e.messages());
            }
            case ConversationImported e -> {
                begin(json, "imported", e.at());
                json.writeName("conversation");
                Json.write(json, e.conversation());
                Json.write(json, e.messages());
            }
            case ConversationRenamed e -> {
                begin(json, "renamed", e);
                e.title().ifPresent(title -> json.writeStringProperty("title", title.value()));
            }
            case MetadataChanged e -> {
                begin(json, "metadata-changed", e);
                Json.write(json, e.metadata());
            }
            case MessageAppended e -> {
                begin(json, "appended", e.at());
                json.writeName("message");
                Json.write(json, e.message());
            }
            case MessageEdited e -> {
                begin(json, "edited", e.at());
                json.writeName("message");
                Json.write(json, e.message());
            }
            case ConversationTruncated e -> {
                begin(json, "truncated", e);
                json.writeNumberProperty("keep", e.keep());
            }
            case ConversationMadePermanent e -> begin(json, "kept", e);
            case ConversationDeleted e -> begin(json, "deleted", e);
            case ConversationRestored e -> begin(json, "restored", e);
            case ConversationPurged e -> begin(json, "purged", e);
        }
        json.writeEndObject();
    }

    static ConversationEvent read(ConversationId id, JsonNode json) {
        Instant at = Json.time(json, "at");
        return switch (Json.text(json, "event")) {
            case "started" -> new ConversationStarted(id, at, new OwnerId(Json.text(json, "owner")), Json.title(json),
                    Json.metadata(json), Json.optional(json, "expiresAt").map(Json::time),
                    new Digest(Json.text(json, "digest")));
            case "forked" -> new ConversationForked(id, at, new OwnerId(Json.text(json, "owner")), Json.title(json),
                    Json.metadata(json), Json.origin(json).orElseThrow(), Json.messages(json),
                    new Digest(Json.text(json, "digest")));
            case "imported" -> {
                Conversation head = Json.conversation(json.required("conversation"));
                yield new ConversationImported(head, Json.messages(json), at);
            }
            case "renamed" -> new ConversationRenamed(id, Json.version(json), at, Json.title(json));
            case "metadata-changed" -> new MetadataChanged(id, Json.version(json), at, Json.metadata(json));
            case "appended" -> new MessageAppended(id, Json.message(json.required("message")));
            case "edited" -> new MessageEdited(id, at, Json.message(json.required("message")));
            case "truncated" -> new ConversationTruncated(id, Json.version(json), at, json.required("keep").intValue());
            case "kept" -> new ConversationMadePermanent(id, Json.version(json), at);
            case "deleted" -> new ConversationDeleted(id, Json.version(json), at);
            case "restored" -> new ConversationRestored(id, Json.version(json), at);
            case "purged" -> new ConversationPurged(id, Json.version(json), at);
            default -> throw new IllegalArgumentException("unknown event " + Json.text(json, "event"));
        };
    }

    private static void begin(JsonGenerator json, String kind, ConversationEvent event) {
        begin(json, kind, event.at());
        json.writeNumberProperty("version", event.version().value());
    }

    private static void begin(JsonGenerator json, String kind, Instant at) {
        json.writeStringProperty("event", kind);
        json.writeStringProperty("at", at.toString());
    }
}
