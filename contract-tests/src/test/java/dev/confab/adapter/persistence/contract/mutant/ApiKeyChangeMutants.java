package dev.confab.adapter.persistence.contract.mutant;

import static dev.confab.adapter.persistence.contract.mutant.ApiKeyMutants.with;

import dev.confab.adapter.persistence.contract.reference.ReferenceApiKeyStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Stores that record revocations and uses of API keys incorrectly. */
final class ApiKeyChangeMutants {
    private ApiKeyChangeMutants() {
    }

    static class LastRevocation extends ReferenceApiKeyStore {
        LastRevocation(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public boolean revoke(ApiKeyId id, Instant at) {
            return storage().changeKeys(keys -> keys.computeIfPresent(id,
                    (_, key) -> with(key, key.name(), key.createdAt(), Optional.of(at), key.lastUsedAt())) == null
                            ? 0
                            : 1) > 0;
        }
    }

    static class LostRevocation extends ReferenceApiKeyStore {
        LostRevocation(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public boolean revoke(ApiKeyId id, Instant at) {
            Optional<ApiKey> revoked = find(id).map(key -> key.revoked(at));
            Mutations.pause();
            revoked.ifPresent(key -> storage().changeKeys(keys -> keys.replace(id, key) == null ? 0 : 1));
            return revoked.isPresent();
        }
    }

    static class UseGoesBack extends ReferenceApiKeyStore {
        UseGoesBack(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public void recordUse(ApiKeyId id, Instant at) {
            var _ = storage().changeKeys(keys -> keys.computeIfPresent(id, (_, key) -> with(key, key.name(),
                    key.createdAt(), key.revokedAt(), Optional.of(at))) == null ? 0 : 1);
        }
    }

    /** Undoes a revocation, and brings a removed key back. */
    static class LostUpdateOfUses extends ReferenceApiKeyStore {
        LostUpdateOfUses(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public void recordUse(ApiKeyId id, Instant at) {
            Optional<ApiKey> used = find(id).map(key -> key.used(at));
            Mutations.pause();
            used.ifPresent(key -> storage().changeKeys(keys -> keys.put(id, key) == null ? 0 : 1));
        }
    }

    static class ForgetsUses extends ReferenceApiKeyStore {
        private final TreeMap<ApiKeyId, Instant> uses = new TreeMap<>();

        ForgetsUses(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public synchronized void recordUse(ApiKeyId id, Instant at) {
            uses.merge(id, at, (one, other) -> one.isAfter(other) ? one : other);
        }

        @Override
        protected synchronized NavigableMap<ApiKeyId, ApiKey> keys() {
            var all = new TreeMap<>(super.keys());
            all.replaceAll((id, key) -> Optional.ofNullable(uses.get(id)).map(key::used).orElse(key));
            return all;
        }
    }
}
