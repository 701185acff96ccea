package dev.confab.bootstrap.operation;

import dev.confab.application.Conversations;
import dev.confab.domain.port.ApiKeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Purges conversations that have been in the bin, and removes API keys that have been expired or revoked, for longer than
 * {@code confab.retention}.
 */
public record Retention(Conversations conversations, ApiKeyStore keys, InstantSource clock, Duration retention) {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** Purges once. A failure is logged; the next run continues where this one stopped. */
    public void purge() {
        run("Purged {} conversations deleted more than {} ago", "The purge of deleted conversations",
                () -> conversations.purgeBin(retention));
        run("Removed {} API keys that expired or were revoked more than {} ago", "The removal of ended API keys",
                () -> keys.removeEndedBefore(clock.instant().minus(retention)));
    }

    private void run(String done, String task, IntSupplier removal) {
        try {
            int removed = removal.getAsInt();
            if (removed > 0) {
                LOG.info(done, removed, retention);
            }
        } catch (RuntimeException e) {
            LOG.error("{} failed; it runs again in an hour", task, e);
        }
    }
}
