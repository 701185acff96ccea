package dev.confab.adapter.persistence.file.json;

import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Limits.Rate;
import dev.confab.domain.access.Scope;
import dev.confab.domain.access.SecretDigest;
import dev.confab.domain.conversation.OwnerId;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** API keys in the files. */
public final class StoredApiKeyJson {
    private StoredApiKeyJson() {
    }

    public static void write(JsonGenerator json, ApiKey key) {
        json.writeStartObject();
        json.writeStringProperty("id", key.id().toString());
        json.writeStringProperty("owner", key.owner().value());
        json.writeStringProperty("name", key.name());
        json.writeArrayPropertyStart("scopes");
        key.scopes().stream().sorted().map(Scope::code).forEach(json::writeString);
        json.writeEndArray();
        json.writeStringProperty("digest", key.digest().hex());
        json.writeStringProperty("createdAt", key.createdAt().toString());
        key.expiresAt().ifPresent(at -> json.writeStringProperty("expiresAt", at.toString()));
        key.revokedAt().ifPresent(at -> json.writeStringProperty("revokedAt", at.toString()));
        key.lastUsedAt().ifPresent(at -> json.writeStringProperty("lastUsedAt", at.toString()));
        if (!key.limits().equals(Limits.NONE)) {
            writeLimits(json, key.limits());
        }
        json.writeEndObject();
    }

    private static void writeLimits(JsonGenerator json, Limits limits) {
        json.writeObjectPropertyStart("limits");
        limits.rate().ifPresent(rate -> {
            json.writeNumberProperty("requestsPerSecond", rate.perSecond());
            json.writeNumberProperty("burst", rate.burst());
        });
        limits.eventStreams().ifPresent(number -> json.writeNumberProperty("eventStreams", number));
        limits.runningTurns().ifPresent(number -> json.writeNumberProperty("runningTurns", number));
        limits.storedBytes().ifPresent(number -> json.writeNumberProperty("storedBytes", number));
        limits.conversations().ifPresent(number -> json.writeNumberProperty("conversations", number));
        json.writeEndObject();
    }

    public static ApiKey read(JsonNode json) {
        return new ApiKey(ApiKeyId.parse(StoredJson.text(json, "id")), new OwnerId(StoredJson.text(json, "owner")),
                StoredJson.text(json, "name"), scopes(json), new SecretDigest(StoredJson.text(json, "digest")),
                StoredJson.time(json, "createdAt"), StoredJson.optional(json, "expiresAt").map(StoredJson::time),
                StoredJson.optional(json, "revokedAt").map(StoredJson::time),
                StoredJson.optional(json, "lastUsedAt").map(StoredJson::time),
                json.optional("limits").map(StoredApiKeyJson::limits).orElse(Limits.NONE));
    }

    private static Limits limits(JsonNode json) {
        return new Limits(
                json.optional("requestsPerSecond")
                        .map(rate -> new Rate(rate.intValue(), json.required("burst").intValue())),
                json.optional("eventStreams").map(JsonNode::intValue),
                json.optional("runningTurns").map(JsonNode::intValue),
                json.optional("storedBytes").map(JsonNode::longValue),
                json.optional("conversations").map(JsonNode::intValue));
    }

    private static Set<Scope> scopes(JsonNode json) {
        return json.required("scopes").valueStream().map(JsonNode::stringValue)
                .map(code -> Scope.ofCode(code)
                        .orElseThrow(() -> new IllegalArgumentException("unknown scope \"" + code + "\"")))
                .collect(Collectors.toSet());
    }
}
