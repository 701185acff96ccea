package dev.confab.adapter.persistence.file.json;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.Cursor.TurnMark;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.webhook.WebhookSecret;
import dev.confab.domain.webhook.WebhookState;
import dev.confab.domain.webhook.WebhookState.Disabled;
import dev.confab.domain.webhook.WebhookState.Enabled;
import dev.confab.domain.webhook.WebhookUrl;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Webhooks and their cursors in the files. */
public final class StoredWebhookJson {
    private static final String FAILURE = "lastFailure";

    private StoredWebhookJson() {
    }

    public static void write(JsonGenerator json, Webhook webhook) {
        json.writeStartObject();
        json.writeStringProperty("id", webhook.id().toString());
        json.writeStringProperty("owner", webhook.owner().value());
        json.writeStringProperty("url", webhook.url().toString());
        json.writeArrayPropertyStart("events");
        webhook.events().stream().sorted().map(EventType::code).forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("secret", webhook.secret().text());
        json.writeStringProperty("createdAt", webhook.createdAt().toString());
        json.writeStringProperty("stateSince", webhook.state().since().toString());
        switch (webhook.state()) {
            case Enabled _ -> {
                // no reason
            }
            case Disabled disabled -> json.writeStringProperty("disabledReason", disabled.reason());
        }
        writeFailure(json, webhook.lastFailure());
        json.writeEndObject();
    }

    public static Webhook webhook(JsonNode json) {
        return new Webhook(WebhookId.parse(StoredJson.text(json, "id")), new OwnerId(StoredJson.text(json, "owner")),
                WebhookUrl.parse(StoredJson.text(json, "url")), events(json),
                new WebhookSecret(StoredJson.text(json, "secret")), StoredJson.time(json, "createdAt"), state(json),
                failure(json));
    }

    private static WebhookState state(JsonNode json) {
        Instant since = StoredJson.time(json, "stateSince");
        return StoredJson.optional(json, "disabledReason").<WebhookState>map(reason -> new Disabled(since, reason))
                .orElseGet(() -> new Enabled(since));
    }

    private static Set<EventType> events(JsonNode json) {
        return json.required("events").valueStream().map(JsonNode::stringValue)
                .map(code -> EventType.ofCode(code)
                        .orElseThrow(() -> new IllegalArgumentException("unknown type of event \"" + code + "\"")))
                .collect(Collectors.toSet());
    }

    /** The last failure, as a member of the object that is being written. */
    public static void writeFailure(JsonGenerator json, Optional<DeliveryFailure> failure) {
        failure.ifPresent(present -> {
            json.writeObjectPropertyStart(FAILURE);
            json.writeStringProperty("at", present.at().toString());
            json.writeStringProperty("event", present.eventId());
            json.writeStringProperty("reason", present.reason());
            json.writeEndObject();
        });
    }

    public static Optional<DeliveryFailure> failure(JsonNode json) {
        return json.optional(FAILURE).map(failure -> new DeliveryFailure(StoredJson.time(failure, "at"),
                StoredJson.text(failure, "event"), StoredJson.text(failure, "reason")));
    }

    public static void write(JsonGenerator json, Map.Entry<ConversationId, Cursor> entry) {
        Cursor cursor = entry.getValue();
        json.writeStartObject();
        json.writeStringProperty("conversation", entry.getKey().toString());
        json.writeNumberProperty("version", cursor.version());
        cursor.turn().ifPresent(mark -> {
            json.writeStringProperty("turn", mark.id().toString());
            json.writeNumberProperty("step", mark.step());
        });
        cursor.failingSince().ifPresent(since -> json.writeStringProperty("failingSince", since.toString()));
        json.writeEndObject();
    }

    public static Map.Entry<ConversationId, Cursor> cursor(JsonNode json) {
        return Map.entry(ConversationId.parse(StoredJson.text(json, "conversation")), new Cursor(
                json.required("version").longValue(), StoredJson.optional(json, "turn")
                        .map(turn -> new TurnMark(TurnId.parse(turn), json.required("step").intValue())),
                StoredJson.optional(json, "failingSince").map(StoredJson::time)));
    }
}
