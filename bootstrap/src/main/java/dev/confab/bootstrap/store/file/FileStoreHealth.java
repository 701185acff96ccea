package dev.confab.bootstrap.store.file;

import dev.confab.adapter.persistence.file.FileStore;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * DOWN when the store cannot write any more, DEGRADED when some conversations are damaged and all others are served, otherwise UP.
 * DEGRADED has HTTP status 200: without the service, the healthy conversations could not be reached either.
 */
public record FileStoreHealth(FileStore store) implements HealthIndicator {
    /** The service works, but an administrator should look at it. */
    public static final Status DEGRADED = new Status("DEGRADED");

    /** At most this many ids of damaged conversations are listed; {@code damagedCount} counts all. */
    private static final int MOST_IDS = 100;

    @Override
    public Health health() {
        var state = store.health();
        List<String> damaged = state.damaged().stream().limit(MOST_IDS).map(Object::toString).toList();
        var health = new Health.Builder(state.damaged().isEmpty() ? Status.UP : DEGRADED).withDetail("store", "file")
                .withDetail("conversations", state.conversations()).withDetail("journalBytes", state.journalBytes())
                .withDetail("damagedCount", state.damaged().size()).withDetail("damaged", damaged);
        state.failure().ifPresent(failure -> health.down().withDetail("failure", failure));
        return health.build();
    }
}
