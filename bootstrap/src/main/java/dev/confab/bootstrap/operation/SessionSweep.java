package dev.confab.bootstrap.operation;

import dev.confab.application.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes expired sessions and conversations, and fails the turns of crashed instances. */
public final class SessionSweep {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSweep.class);

    private final Sessions sessions;
    private boolean failing;

    public SessionSweep(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Sweeps once. The first of several failures in a row is logged; the next run continues where this one stopped. */
    public void sweep() {
        try {
            int swept = sessions.sweep();
            failing = false;
            if (swept > 0) {
                LOG.info("Removed expired sessions or failed turns of crashed instances in {} conversations", swept);
            }
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.error(
                        "The sweep of expired sessions and of turns of crashed instances failed; it keeps trying, and logs only the first of several failures in a row",
                        e);
            }
            failing = true;
        }
    }
}
