package dev.confab.application.access;

import dev.confab.application.ApiKeys;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.ApiKeyNotFound;
import dev.confab.domain.access.ApiKeyToken;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Scope;
import dev.confab.domain.access.SecretDigest;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.Ids;
import dev.confab.domain.port.Secrets;
import dev.confab.domain.port.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Implements {@link ApiKeys}. Keys are read from the store for each request, so that a revocation counts at once on every instance. */
public final class ApiKeyService implements ApiKeys {
    /** How exact the time of the last use is. A write for each request would cost more than it tells. */
    private static final Duration USE_PRECISION = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(ApiKeyService.class);

    private final ApiKeyStore store;
    private final Ids ids;
    private final Secrets secrets;
    private final Clock clock;
    /** Until then no use is recorded, because the last attempt failed: each attempt may take as long as the store's time limit. */
    private volatile Instant pausedUntil = Instant.MIN;

    /** @param clock ticks in whole milliseconds */
    public ApiKeyService(ApiKeyStore store, Ids ids, Secrets secrets, Clock clock) {
        this.store = store;
        this.ids = ids;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public Issued issue(OwnerId owner, String name, Set<Scope> scopes, Optional<Instant> expiresAt, Limits limits) {
        var token = new ApiKeyToken(new ApiKeyId(ids.next()), secrets.next());
        ApiKey key = ApiKey.create(token.id(), owner, name, scopes, SecretDigest.of(token.secret()), clock.instant(),
                expiresAt).limitedTo(limits);
        store.create(key);
        return new Issued(key, token);
    }

    @Override
    public Optional<ApiKey> authenticate(String token) {
        Instant now = clock.instant();
        Optional<ApiKey> found = ApiKeyToken.parse(token).flatMap(parsed -> store.find(parsed.id())
                .filter(key -> key.digest().matches(parsed.secret())))
                .filter(key -> key.isUsable(now));
        found.filter(key -> isUseDue(key, now)).ifPresent(key -> recordUse(key, now));
        return found;
    }

    private boolean isUseDue(ApiKey key, Instant now) {
        return !now.isBefore(pausedUntil)
                && key.lastUsedAt().map(last -> !last.plus(USE_PRECISION).isAfter(now)).orElse(true);
    }

    /** A request is not refused because its use cannot be recorded. */
    private void recordUse(ApiKey key, Instant now) {
        try {
            store.recordUse(key.id(), now);
        } catch (StorageException e) {
            pausedUntil = now.plus(USE_PRECISION);
            LOG.warn(
                    "The last use of API key {} could not be recorded; no last use of any key is recorded for {} s: {}",
                    key.id(), USE_PRECISION.toSeconds(), e.getMessage());
        }
    }

    @Override
    public boolean isUsable(ApiKeyId id) {
        return store.find(id).filter(key -> key.isUsable(clock.instant())).isPresent();
    }

    @Override
    public List<ApiKey> list(Optional<OwnerId> owner, Optional<ApiKeyId> after, int limit) {
        return store.list(owner, after, limit);
    }

    @Override
    public ApiKey revoke(ApiKeyId id) {
        if (!store.revoke(id, clock.instant())) {
            throw new ApiKeyNotFound(id);
        }
        return store.find(id).orElseThrow(() -> new ApiKeyNotFound(id));
    }
}
