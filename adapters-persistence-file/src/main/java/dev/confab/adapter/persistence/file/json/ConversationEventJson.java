package dev.confab.adapter.persistence.file.json;

import static dev.confab.adapter.persistence.file.json.StoredJson.message;
import static dev.confab.adapter.persistence.file.json.StoredJson.messages;
import static dev.confab.adapter.persistence.file.json.StoredJson.metadata;
import static dev.confab.adapter.persistence.file.json.StoredJson.optional;
import static dev.confab.adapter.persistence.file.json.StoredJson.origin;
import static dev.confab.adapter.persistence.file.json.StoredJson.text;
import static dev.confab.adapter.persistence.file.json.StoredJson.time;
import static dev.confab.adapter.persistence.file.json.StoredJson.title;
import static dev.confab.adapter.persistence.file.json.StoredJson.version;

import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationEvent.ConversationDeleted;
import dev.confab.domain.conversation.ConversationEvent.ConversationFiled;
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
import dev.confab.domain.conversation.ConversationEvent.MessageRemoved;
import dev.confab.domain.conversation.ConversationEvent.MessagesStaged;
import dev.confab.domain.conversation.ConversationEvent.MetadataChanged;
import dev.confab.domain.conversation.ConversationEvent.StagingCompleted;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Events of a conversation in the journal. The commit around them names the conversation. */
public final class ConversationEventJson {
    /** The labels in the journal; {@code KEPT} is {@link ConversationMadePermanent}, {@code COMPLETED} is {@link StagingCompleted}. */
    private enum Kind {
        STARTED, FORKED, IMPORTED, RENAMED, METADATA_CHANGED, FILED, APPENDED, EDITED, REMOVED, STAGED, COMPLETED, TRUNCATED, KEPT, DELETED, RESTORED, PURGED
    }

    private static final Labels<Kind> KINDS = new Labels<>("event", Kind.class);

    private ConversationEventJson() {
    }

    public static void write(JsonGenerator json, ConversationEvent event) {
        json.writeStartObject();
        switch (event) {
            case ConversationStarted e -> {
                KINDS.write(json, Kind.STARTED, e.at());
                json.writeStringProperty("owner", e.owner().value());
                write(json, e.title());
                StoredJson.write(json, e.metadata());
                e.expiresAt().ifPresent(end -> json.writeStringProperty("expiresAt", end.toString()));
                json.writeStringProperty("digest", e.digest().hex());
            }
            case ConversationForked e -> {
                KINDS.write(json, Kind.FORKED, e.at());
                json.writeStringProperty("owner", e.owner().value());
                write(json, e.title());
                StoredJson.write(json, e.metadata());
                StoredJson.write(json, e.origin());
                json.writeStringProperty("digest", e.digest().hex());
                StoredJson.write(json, e.messages());
            }
            case ConversationImported e -> {
                KINDS.write(json, Kind.IMPORTED, e.at());
                json.writeName("conversation");
                StoredJson.write(json, e.conversation());
                StoredJson.write(json, e.messages());
            }
            case ConversationRenamed e -> {
                beginVersioned(json, Kind.RENAMED, e);
                write(json, e.title());
            }
            case MetadataChanged e -> {
                beginVersioned(json, Kind.METADATA_CHANGED, e);
                StoredJson.write(json, e.metadata());
            }
            case ConversationFiled e -> {
                beginVersioned(json, Kind.FILED, e);
                StoredJson.write(json, e.filing());
            }
            case MessageAppended e -> write(json, Kind.APPENDED, e.at(), e.message());
            case MessageEdited e -> write(json, Kind.EDITED, e.at(), e.message());
            case MessageRemoved e -> write(json, Kind.REMOVED, e.at(), e.message());
            case MessagesStaged e -> {
                beginVersioned(json, Kind.STAGED, e);
                StoredJson.write(json, e.messages());
            }
            case StagingCompleted e -> {
                KINDS.write(json, Kind.COMPLETED, e.at());
                json.writeName("conversation");
                StoredJson.write(json, e.conversation());
            }
            case ConversationTruncated e -> {
                beginVersioned(json, Kind.TRUNCATED, e);
                json.writeNumberProperty("keep", e.keep());
            }
            case ConversationMadePermanent e -> beginVersioned(json, Kind.KEPT, e);
            case ConversationDeleted e -> beginVersioned(json, Kind.DELETED, e);
            case ConversationRestored e -> beginVersioned(json, Kind.RESTORED, e);
            case ConversationPurged e -> beginVersioned(json, Kind.PURGED, e);
        }
        json.writeEndObject();
    }

    /** What {@link #write} wrote; other JSON throws {@link IllegalArgumentException} or an exception of Jackson or the domain. */
    public static ConversationEvent read(ConversationId id, JsonNode json) {
        Instant at = time(json, "at");
        return switch (KINDS.read(json)) {
            case STARTED -> new ConversationStarted(id, at, new OwnerId(text(json, "owner")),
                    title(json), metadata(json),
                    optional(json, "expiresAt").map(StoredJson::time), new Digest(text(json, "digest")));
            case FORKED -> new ConversationForked(id, at, new OwnerId(text(json, "owner")),
                    title(json), metadata(json), origin(json).orElseThrow(),
                    messages(json), new Digest(text(json, "digest")));
            case IMPORTED -> new ConversationImported(StoredJson.conversation(json.required("conversation")),
                    messages(json), at);
            case RENAMED -> new ConversationRenamed(id, version(json), at, title(json));
            case METADATA_CHANGED -> new MetadataChanged(id, version(json), at, metadata(json));
            case FILED -> new ConversationFiled(id, version(json), at, StoredJson.filing(json));
            case APPENDED -> new MessageAppended(id, at, message(json.required("message")));
            case EDITED -> new MessageEdited(id, at, message(json.required("message")));
            case REMOVED -> new MessageRemoved(id, at, message(json.required("message")));
            case STAGED -> new MessagesStaged(id, version(json), at, messages(json));
            case COMPLETED -> new StagingCompleted(StoredJson.conversation(json.required("conversation")), at);
            case TRUNCATED -> new ConversationTruncated(id, version(json), at, json.required("keep").intValue());
            case KEPT -> new ConversationMadePermanent(id, version(json), at);
            case DELETED -> new ConversationDeleted(id, version(json), at);
            case RESTORED -> new ConversationRestored(id, version(json), at);
            case PURGED -> new ConversationPurged(id, version(json), at);
        };
    }

    private static void write(JsonGenerator json, Kind kind, Instant at, Message message) {
        KINDS.write(json, kind, at);
        json.writeName("message");
        StoredJson.write(json, message);
    }

    private static void beginVersioned(JsonGenerator json, Kind kind, ConversationEvent event) {
        KINDS.write(json, kind, event.at());
        json.writeNumberProperty("version", event.version().value());
    }

    private static void write(JsonGenerator json, Optional<Title> title) {
        title.ifPresent(present -> json.writeStringProperty("title", present.value()));
    }
}
