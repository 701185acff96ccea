package dev.confab.adapter.web;

import dev.confab.adapter.persistence.contract.reference.ReferenceApiKeyStore;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.TooManyApiKeys;
import dev.confab.domain.port.StorageUnavailable;
import java.time.Instant;
import java.util.NavigableMap;

/** The reference store of API keys. A test can make it fail or say that it is full. */
final class TestApiKeyStore extends ReferenceApiKeyStore {
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

    private void requireWorking() {
        if (failing) {
            throw new StorageUnavailable("the keys are away");
        }
    }

    @Override
    protected NavigableMap<ApiKeyId, ApiKey> keys() {
        requireWorking();
        return super.keys();
    }

    @Override
    public void create(ApiKey key) {
        requireWorking();
        if (full) {
            throw new TooManyApiKeys(MAX_KEYS);
        }
        super.create(key);
    }

    @Override
    public boolean revoke(ApiKeyId id, Instant at) {
        requireWorking();
        return super.revoke(id, at);
    }

    @Override
    public void recordUse(ApiKeyId id, Instant at) {
        requireWorking();
        super.recordUse(id, at);
    }
}
