package dev.confab.adapter.persistence.contract.reference;

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
 * The simplest correct {@link ApiKeyStore}, in memory. The storage lets one change at a time replace all keys, which puts the changes of
 * all threads and instances in an order. The file store looks alike, but
 * does not use it: a fault of both would not be found.
 */
public class ReferenceApiKeyStore implements ApiKeyStore {
    private final ReferenceStorage storage;
    private final int limit;

    public ReferenceApiKeyStore() {
        this(new ReferenceStorage(), MAX_KEYS);
    }

    /** @param limit how many keys may exist */
    public ReferenceApiKeyStore(ReferenceStorage storage, int limit) {
        this.storage = storage;
        this.limit = limit;
    }

    protected final ReferenceStorage storage() {
        return storage;
    }

    @Override
    public void create(ApiKey key) {
        storage.changeKeys(keys -> {
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
        return Optional.ofNullable(keys().get(id));
    }

    @Override
    public List<ApiKey> list(Optional<OwnerId> owner, Optional<ApiKeyId> after, int limit) {
        NavigableMap<ApiKeyId, ApiKey> keys = keys();
        return after.map(id -> keys.tailMap(id, false)).orElse(keys).values().stream()
                .filter(key -> owner.isEmpty() || owner.get().equals(key.owner())).limit(limit).toList();
    }

    /** The keys that this instance sees. */
    protected NavigableMap<ApiKeyId, ApiKey> keys() {
        return storage.keys();
    }

    @Override
    public boolean revoke(ApiKeyId id, Instant at) {
        return storage.changeKeys(keys -> keys.computeIfPresent(id, (_, key) -> key.revoked(at)) == null ? 0 : 1) > 0;
    }

    @Override
    public void recordUse(ApiKeyId id, Instant at) {
        storage.changeKeys(keys -> {
            keys.computeIfPresent(id, (_, key) -> key.used(at));
            return 0;
        });
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
        return storage.changeKeys(keys -> {
            int before = keys.size();
            keys.values().removeIf(removed);
            return before - keys.size();
        });
    }
}
