package dev.confab.bootstrap.store.jpa;

import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.PoolUse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** UP while the database answers, otherwise DOWN. */
public final class JpaStoreHealth implements HealthIndicator {
    private final JpaStore store;

    public JpaStoreHealth(JpaStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        var state = store.health();
        var health = Health.up().withDetail("store", "jpa").withDetail("writeConnections", details(state.writes()))
                .withDetail("readConnections", details(state.reads()));
        state.serverVersion().ifPresent(version -> health.withDetail("server", "PostgreSQL " + version));
        state.failure().ifPresent(failure -> health.down().withDetail("failure", failure));
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
