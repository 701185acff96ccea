package dev.confab.bootstrap.operation;

import dev.confab.application.Conversations;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Purges conversations that have been in the bin for longer than {@code confab.retention}. */
public record Retention(Conversations conversations, Duration retention) {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** Purges once. A failure is logged; the next run continues where this one stopped. */
    public void purge() {
        try {
            int purged = conversations.purgeBin(retention);
            if (purged > 0) {
                LOG.info("Purged {} conversations deleted more than {} ago", purged, retention);
            }
        } catch (RuntimeException e) {
            LOG.error("The purge of deleted conversations failed; it runs again in an hour", e);
        }
    }
}
