package dev.confab.bootstrap.store.file;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.health.Part;
import dev.confab.adapter.persistence.file.health.StoreHealth;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * DOWN when the store has stopped and writes nothing any more; OUT_OF_SERVICE while the last commit or checkpoint has failed; DEGRADED when
 * search does not work, when some conversations are damaged, or when the directory was opened with something missing; otherwise UP.
 * DEGRADED has HTTP status 200: without the service, what works could not be reached either.
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
        var health = new Health.Builder(status(state)).withDetail("store", "file")
                .withDetail("conversations", state.conversations()).withDetail("journalBytes", state.journalBytes())
                .withDetail("damagedCount", state.damaged().size()).withDetail("damaged", damaged);
        state.failure().ifPresent(failure -> health.withDetail("failure", failure));
        state.fatal().ifPresent(fatal -> health.withDetail("fatal", fatal));
        state.problems().forEach((part, problem) -> health.withDetail(part.name().toLowerCase(Locale.ROOT),
                Map.of("failure", problem.what(), "since", Instant.now().minus(problem.age()).toString())));
        state.indexing().ifPresent(progress -> health.withDetail("searchIndex",
                Map.of("conversationsIndexed", progress.indexed(), "conversationsToIndex", progress.total())));
        return health.build();
    }

    private static Status status(StoreHealth state) {
        if (state.failure().isPresent()) {
            return Status.DOWN;
        }
        if (state.problems().keySet().stream().anyMatch(Part::stopsWrites)) {
            return Status.OUT_OF_SERVICE;
        }
        return state.problems().isEmpty() && state.damaged().isEmpty() ? Status.UP : DEGRADED;
    }
}
