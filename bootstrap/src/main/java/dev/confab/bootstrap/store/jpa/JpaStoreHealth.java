package dev.confab.bootstrap.store.jpa;

import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.PoolUse;
import dev.confab.domain.port.StorageUnavailable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** UP while the database answers, otherwise DOWN. */
record JpaStoreHealth(JpaStore store) implements HealthIndicator {
    @Override
    public Health health() {
        var health = Health.up().withDetail("store", "jpa").withDetail("writeConnections", details(store.writePool()))
                .withDetail("readConnections", details(store.readPool()));
        store.termsProgress().ifPresent(progress -> health.withDetail("searchIndex",
                Map.of("textsIndexed", progress.rewritten(), "textsToIndex", progress.total())));
        try {
            health.withDetail("server", "PostgreSQL " + store.serverVersion());
        } catch (StorageUnavailable e) {
            health.down().withDetail("failure", String.valueOf(e.getMessage()));
        }
        return health.build();
    }

    private static Map<String, Integer> details(PoolUse use) {
        var details = new LinkedHashMap<String, Integer>();
        details.put("active", use.active());
        details.put("idle", use.idle());
        details.put("waiting", use.waiting());
        return details;
    }
}
