package dev.confab.adapter.web.admin;

import dev.confab.application.ApiKeys;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.TextRules;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The body of a request for a new API key. */
record NewApiKeyJson(OwnerId owner, String name, Set<Scope> scopes, Optional<Instant> expiresAt,
        Optional<NewLimitsJson> limits) {
    NewApiKeyJson {
        TextRules.characters("name", name, 1, ApiKey.MAX_NAME_LENGTH);
        if (scopes.isEmpty()) {
            throw new InvalidValue("scopes", "must name at least one scope");
        }
    }

    ApiKeys.Issued issue(ApiKeys keys) {
        return keys.issue(owner, name, scopes, expiresAt, limits.map(NewLimitsJson::limits).orElse(Limits.NONE));
    }
}
