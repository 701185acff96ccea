package dev.confab.bootstrap.endtoend;

import dev.confab.application.ApiKeys;
import dev.confab.application.access.ApiKeyService;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.Ids;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** API keys in memory, for an application whose store keeps none. */
@Configuration(proxyBeanMethods = false)
class KeysInMemory {
    @Bean
    @ConditionalOnMissingBean
    ApiKeys apiKeysInMemory() {
        return new ApiKeyService(new Store(), new RandomIds(), () -> {
            byte[] bits = new byte[32];
            new SecureRandom().nextBytes(bits);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        }, Clock.tickMillis(ZoneOffset.UTC));
    }

    private static final class RandomIds implements Ids {
        @Override
        public UUID next() {
            return UUID.randomUUID();
        }

        @Override
        public UUID named(UUID namespace, String name) {
            throw new UnsupportedOperationException("keys have no names");
        }
    }

    private static final class Store implements ApiKeyStore {
        private final ConcurrentSkipListMap<String, ApiKey> keys = new ConcurrentSkipListMap<>();

        @Override
        public void create(ApiKey key) {
            keys.put(key.id().toString(), key);
        }

        @Override
        public Optional<ApiKey> find(ApiKeyId id) {
            return Optional.ofNullable(keys.get(id.toString()));
        }

        @Override
        public List<ApiKey> list(Optional<OwnerId> owner, Optional<ApiKeyId> after, int limit) {
            return keys.tailMap(after.map(ApiKeyId::toString).orElse(""), false).values().stream()
                    .filter(key -> owner.isEmpty() || key.owner().equals(owner.get())).limit(limit).toList();
        }

        @Override
        public boolean revoke(ApiKeyId id, Instant at) {
            return keys.computeIfPresent(id.toString(), (_, key) -> key.revoked(at)) != null;
        }

        @Override
        public void recordUse(ApiKeyId id, Instant at) {
            keys.computeIfPresent(id.toString(), (_, key) -> key.used(at));
        }

        @Override
        public int removeEndedBefore(Instant time) {
            return 0;
        }

        @Override
        public int removeAllOf(OwnerId owner) {
            return 0;
        }
    }
}
