package dev.confab.adapter.web;

import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.TooManyApiKeys;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.StorageUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keys in memory. A test can make the store fail or say that it is full. */
final class TestApiKeyStore implements ApiKeyStore {
    private final ConcurrentSkipListMap<String, ApiKey> keys = new ConcurrentSkipListMap<>();
    private volatile boolean failing;
    private volatile boolean full;

    void fail() {
        failing = true;
    }

    void fill() {
        full = true;
    }

    void heal() {
        failing = false;
        full = false;
    }

    private ConcurrentSkipListMap<String, ApiKey> keys() {
        if (failing) {
            throw new StorageUnavailable("the keys are away");
        }
        return keys;
    }

    @Override
    public void create(ApiKey key) {
        if (full) {
            throw new TooManyApiKeys(MAX_KEYS);
        }
        keys().put(key.id().toString(), key);
    }

    @Override
    public Optional<ApiKey> find(ApiKeyId id) {
        return Optional.ofNullable(keys().get(id.toString()));
    }

    @Override
    public List<ApiKey> list(Optional<OwnerId> owner, Optional<ApiKeyId> after, int limit) {
        return keys().tailMap(after.map(ApiKeyId::toString).orElse(""), false).values().stream()
                .filter(key -> owner.isEmpty() || key.owner().equals(owner.get())).limit(limit).toList();
    }

    @Override
    public boolean revoke(ApiKeyId id, Instant at) {
        return keys().computeIfPresent(id.toString(), (_, key) -> key.revoked(at)) != null;
    }

    @Override
    public void recordUse(ApiKeyId id, Instant at) {
        keys().computeIfPresent(id.toString(), (_, key) -> key.used(at));
    }

    @Override
    public int removeEndedBefore(Instant time) {
        throw new UnsupportedOperationException("no test needs it");
    }

    @Override
    public int removeAllOf(OwnerId owner) {
        throw new UnsupportedOperationException("no test needs it");
    }
}
