package dev.confab.adapter.persistence.file.key;

import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.TooManyApiKeys;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ApiKeyStore;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The API keys of a data directory.
 *
 * @param limit how many may exist
 */
public record FileApiKeyStore(StoredApiKeys stored, int limit) implements ApiKeyStore {

    @Override
    public void create(ApiKey key) {
        var _ = stored.change(keys -> {
            if (keys.containsKey(key.id())) {
                throw new IllegalStateException("there is an API key " + key.id() + " already");
            }
            if (keys.size() >= limit) {
                throw new TooManyApiKeys(limit);
            }
            keys.put(key.id(), key);
            return 1;
        });
    }

    @Override
    public Optional<ApiKey> find(ApiKeyId id) {
        return Optional.ofNullable(stored.keys().get(id));
    }

    @Override
    public List<ApiKey> list(Optional<OwnerId> owner, Optional<ApiKeyId> after, int limit) {
        NavigableMap<ApiKeyId, ApiKey> keys = stored.keys();
        return after.map(id -> keys.tailMap(id, false)).orElse(keys).values().stream()
                .filter(key -> owner.isEmpty() || owner.get().equals(key.owner())).limit(limit).toList();
    }

    @Override
    public boolean revoke(ApiKeyId id, Instant at) {
        return stored.change(keys -> keys.computeIfPresent(id, (_, key) -> key.revoked(at)) == null ? 0 : 1) > 0;
    }

    @Override
    public void recordUse(ApiKeyId id, Instant at) {
        stored.use(id, at);
    }

    @Override
    public int removeEndedBefore(Instant time) {
        return removeIf(key -> key.hasEndedBefore(time));
    }

    @Override
    public int removeAllOf(OwnerId owner) {
        return removeIf(key -> key.owner().equals(owner));
    }

    private int removeIf(Predicate<ApiKey> removed) {
        return stored.change(keys -> {
            int before = keys.size();
            keys.values().removeIf(removed);
            return before - keys.size();
        });
    }
}
