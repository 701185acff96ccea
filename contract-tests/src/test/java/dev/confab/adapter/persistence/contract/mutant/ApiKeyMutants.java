package dev.confab.adapter.persistence.contract.mutant;

import static dev.confab.adapter.persistence.contract.mutant.Mutants.keyMutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceApiKeyStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.TooManyApiKeys;
import dev.confab.domain.conversation.OwnerId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Stores of API keys that each violate one clause on purpose. */
final class ApiKeyMutants {
    static final List<Mutants.Mutant> ALL = List.of(
            keyMutant("K1", "acknowledges a new API key before it is durable", EarlyAcknowledgement::new),
            keyMutant("K1", "keeps revocations of API keys in memory", ForgetsRevocations::new),
            keyMutant("K2", "caches API keys for ever", CachesKeys::new),
            keyMutant("K3", "stores the times of API keys in seconds",
                    (storage, limit) -> new Alters(storage, limit, ApiKeyMutants::inSeconds)),
            keyMutant("K3", "trims the names of API keys",
                    (storage, limit) -> new Alters(storage, limit, ApiKeyMutants::trimmed)),
            keyMutant("K3", "loses the limits of an API key",
                    (storage, limit) -> new Alters(storage, limit, key -> key.limitedTo(Limits.NONE))),
            keyMutant("K3", "replaces an API key with the same id", ReplacesKeys::new),
            keyMutant("K4", "keeps the last revocation of an API key", ApiKeyChangeMutants.LastRevocation::new),
            keyMutant("K4", "revokes an API key in two steps (lost update)", ApiKeyChangeMutants.LostRevocation::new),
            keyMutant("K5", "lets the last use of an API key go back", ApiKeyChangeMutants.UseGoesBack::new),
            keyMutant("K5", "records a use of an API key in two steps (lost update)",
                    ApiKeyChangeMutants.LostUpdateOfUses::new),
            keyMutant("K5", "loses the last uses of API keys when it is closed", ApiKeyChangeMutants.ForgetsUses::new),
            keyMutant("K6", "sorts the ids of API keys as signed numbers", SignedOrder::new),
            keyMutant("K6", "repeats the last API key of a page on the next", RepeatedOnTheNextPage::new),
            keyMutant("K6", "lists the API keys of other owners", IgnoresTheOwner::new),
            keyMutant("K7", "counts the API keys before it adds one (passes the limit)", CountsTooEarly::new),
            keyMutant("K7", "counts only API keys that are usable", CountsUsableOnly::new),
            keyMutant("K8", "removes API keys that end at the time", RemovesTooMuch::new),
            keyMutant("K8", "leaves the revoked API keys of an owner", LeavesRevoked::new),
            keyMutant("K9", "acknowledges a change of API keys that the storage refused", AcknowledgesRefused::new),
            keyMutant("K9", "reports a recorded change of API keys as certainly not recorded",
                    DefiniteThoughRecorded::new));

    private ApiKeyMutants() {
    }

    static ApiKey with(ApiKey key, String name, Instant createdAt, Optional<Instant> revokedAt,
            Optional<Instant> lastUsedAt) {
        return new ApiKey(key.id(), key.owner(), name, key.scopes(), key.digest(), createdAt, key.expiresAt(),
                revokedAt, lastUsedAt, key.limits());
    }

    private static ApiKey inSeconds(ApiKey key) {
        return with(key, key.name(), key.createdAt().truncatedTo(ChronoUnit.SECONDS), key.revokedAt(),
                key.lastUsedAt());
    }

    private static ApiKey trimmed(ApiKey key) {
        return with(key, key.name().isBlank() ? key.name() : key.name().strip(), key.createdAt(), key.revokedAt(),
                key.lastUsedAt());
    }

    private static class EarlyAcknowledgement extends ReferenceApiKeyStore {
        private final TreeMap<ApiKeyId, ApiKey> memory = new TreeMap<>();

        EarlyAcknowledgement(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public synchronized void create(ApiKey key) {
            memory.put(key.id(), key);
        }

        @Override
        protected synchronized NavigableMap<ApiKeyId, ApiKey> keys() {
            return Mutations.withUnstored(memory, super.keys());
        }
    }

    private static class ForgetsRevocations extends ReferenceApiKeyStore {
        private final TreeMap<ApiKeyId, ApiKey> revoked = new TreeMap<>();

        ForgetsRevocations(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public synchronized boolean revoke(ApiKeyId id, Instant at) {
            find(id).ifPresent(key -> revoked.put(id, key.revoked(at)));
            return find(id).isPresent();
        }

        @Override
        protected synchronized NavigableMap<ApiKeyId, ApiKey> keys() {
            var all = new TreeMap<>(super.keys());
            all.replaceAll((id, key) -> revoked.getOrDefault(id, key));
            return all;
        }
    }

    private static class CachesKeys extends ReferenceApiKeyStore {
        private final TreeMap<ApiKeyId, ApiKey> cache = new TreeMap<>();

        CachesKeys(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public synchronized Optional<ApiKey> find(ApiKeyId id) {
            return Mutations.cached(cache, id, super.find(id));
        }
    }

    private static class Alters extends ReferenceApiKeyStore {
        private final UnaryOperator<ApiKey> change;

        Alters(ReferenceStorage storage, int limit, UnaryOperator<ApiKey> change) {
            super(storage, limit);
            this.change = change;
        }

        @Override
        public void create(ApiKey key) {
            super.create(change.apply(key));
        }
    }

    private static class ReplacesKeys extends ReferenceApiKeyStore {
        ReplacesKeys(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public void create(ApiKey key) {
            var _ = storage().changeKeys(keys -> keys.put(key.id(), key) == null ? 1 : 0);
        }
    }

    private static class SignedOrder extends ReferenceApiKeyStore {
        SignedOrder(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        protected NavigableMap<ApiKeyId, ApiKey> keys() {
            var all = new TreeMap<ApiKeyId, ApiKey>(Comparator.comparing(ApiKeyId::value));
            all.putAll(super.keys());
            return all;
        }
    }

    private static class RepeatedOnTheNextPage extends ReferenceApiKeyStore {
        RepeatedOnTheNextPage(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public List<ApiKey> list(Optional<OwnerId> owner, Optional<ApiKeyId> after, int limit) {
            return super.list(owner, after.map(id -> Optional.ofNullable(keys().lowerKey(id)).orElse(id)), limit);
        }
    }

    private static class IgnoresTheOwner extends ReferenceApiKeyStore {
        IgnoresTheOwner(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public List<ApiKey> list(Optional<OwnerId> owner, Optional<ApiKeyId> after, int limit) {
            return super.list(Optional.empty(), after, limit);
        }
    }

    private static class CountsTooEarly extends ReferenceApiKeyStore {
        private final int limit;

        CountsTooEarly(ReferenceStorage storage, int limit) {
            super(storage, MAX_KEYS);
            this.limit = limit;
        }

        @Override
        public void create(ApiKey key) {
            if (keys().size() >= limit) {
                throw new TooManyApiKeys(limit);
            }
            Mutations.pause();
            super.create(key);
        }
    }

    private static class CountsUsableOnly extends ReferenceApiKeyStore {
        private final int limit;

        CountsUsableOnly(ReferenceStorage storage, int limit) {
            super(storage, MAX_KEYS);
            this.limit = limit;
        }

        @Override
        public synchronized void create(ApiKey key) {
            if (keys().values().stream().filter(each -> each.revokedAt().isEmpty()).count() >= limit) {
                throw new TooManyApiKeys(limit);
            }
            super.create(key);
        }
    }

    private static class RemovesTooMuch extends ReferenceApiKeyStore {
        RemovesTooMuch(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public int removeEndedBefore(Instant time) {
            return super.removeEndedBefore(time.plusMillis(1));
        }
    }

    private static class LeavesRevoked extends ReferenceApiKeyStore {
        LeavesRevoked(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public int removeAllOf(OwnerId owner) {
            return storage().changeKeys(keys -> {
                int before = keys.size();
                keys.values().removeIf(key -> key.owner().equals(owner) && key.revokedAt().isEmpty());
                return before - keys.size();
            });
        }
    }

    private static class AcknowledgesRefused extends ReferenceApiKeyStore {
        AcknowledgesRefused(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public void create(ApiKey key) {
            var _ = Mutations.acknowledged(true, () -> {
                super.create(key);
                return true;
            });
        }
    }

    private static class DefiniteThoughRecorded extends ReferenceApiKeyStore {
        DefiniteThoughRecorded(ReferenceStorage storage, int limit) {
            super(storage, limit);
        }

        @Override
        public boolean revoke(ApiKeyId id, Instant at) {
            return Mutations.deniedWhenUnknown(() -> super.revoke(id, at));
        }
    }
}
