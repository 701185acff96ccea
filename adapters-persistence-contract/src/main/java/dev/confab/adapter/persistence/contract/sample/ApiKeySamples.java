package dev.confab.adapter.persistence.contract.sample;

import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Limits.Rate;
import dev.confab.domain.access.Scope;
import dev.confab.domain.access.SecretDigest;
import dev.confab.domain.conversation.OwnerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** API keys for tests. */
public final class ApiKeySamples {
    /** Some, all and the extreme ones. */
    public static final List<Limits> LIMITS = List.of(
            new Limits(Optional.of(new Rate(1, 2)), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty()),
            new Limits(Optional.empty(), Optional.of(3), Optional.empty(), Optional.of(Long.MAX_VALUE),
                    Optional.empty()),
            new Limits(Optional.of(new Rate(Rate.MAX, 1)), Optional.of(Integer.MAX_VALUE), Optional.of(4),
                    Optional.of(5L), Optional.of(Integer.MAX_VALUE)));

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
