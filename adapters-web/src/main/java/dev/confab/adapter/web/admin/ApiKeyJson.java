package dev.confab.adapter.web.admin;

import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.adapter.web.response.OwnerLimitsJson;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An API key without its secret. */
record ApiKeyJson(String id, String owner, String name, List<String> scopes, String createdAt,
        @Nullable String expiresAt, @Nullable String revokedAt, @Nullable String lastUsedAt, OwnerLimitsJson limits) {
    static ApiKeyJson from(ApiKey key) {
        return new ApiKeyJson(key.id().toString(), key.owner().value(), key.name(),
                key.scopes().stream().sorted().map(Scope::code).toList(), ResponseJson.time(key.createdAt()),
                key.expiresAt().map(ResponseJson::time).orElse(null),
                key.revokedAt().map(ResponseJson::time).orElse(null),
                key.lastUsedAt().map(ResponseJson::time).orElse(null), OwnerLimitsJson.from(key.limits()));
    }
}
