package dev.confab.bootstrap.operation;

import dev.confab.adapter.persistence.file.FileStore;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The store's state: DOWN when nothing can be written any more, DEGRADED when some conversations are damaged and all others
 * are served, else UP. DEGRADED answers 200: taking the service out of rotation would help nobody.
 */
public final class FileStoreHealth implements HealthIndicator {
    /** Works, but someone should look. */
    public static final Status DEGRADED = new Status("DEGRADED");

    /** The most ids of damaged conversations told; the count is of all. */
    private static final int MOST_IDS = 100;

    private final FileStore store;

    public FileStoreHealth(FileStore store) {
        this.store = store;
    }

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
