package dev.confab.bootstrap.operation;

import dev.confab.application.Conversations;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Purges what has been in the bin for too long. */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Conversations conversations;
    private final Duration retention;

    public Retention(Conversations conversations, Duration retention) {
        this.conversations = conversations;
        this.retention = retention;
    }

    /** Purges once. A failure is logged and not fatal: the next run takes up what this one left. */
    public void purge() {
        try {
            int purged = conversations.purgeBin(retention);
            if (purged > 0) {
                LOG.info("Purged {} conversations deleted more than {} ago", purged, retention);
            }
        } catch (RuntimeException e) {
            LOG.error("Purging deleted conversations failed; the next run tries again", e);
        }
    }
}
