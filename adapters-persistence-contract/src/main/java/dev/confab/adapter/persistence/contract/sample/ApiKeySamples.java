package dev.confab.adapter.persistence.contract.sample;

import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Scope;
import dev.confab.domain.access.SecretDigest;
import dev.confab.domain.conversation.OwnerId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** API keys for tests. */
public final class ApiKeySamples {
    private ApiKeySamples() {
    }

    /** Any 128 bits, so that half of the ids are negative when they are compared as signed numbers. */
    public static ApiKeyId newApiKeyId() {
        var random = ThreadLocalRandom.current();
        return new ApiKeyId(new UUID(random.nextLong(), random.nextLong()));
    }

    /** A new key that does not expire. */
    public static ApiKey apiKey(OwnerId owner) {
        return apiKey(owner, Optional.empty());
    }

    public static ApiKey apiKey(OwnerId owner, Optional<Instant> expiresAt) {
        ApiKeyId id = newApiKeyId();
        return new ApiKey(id, owner, "key " + id, Set.of(Scope.READ, Scope.WRITE), SecretDigest.of("secret of " + id),
                Samples.now(), expiresAt, Optional.empty(), Optional.empty());
    }
}
