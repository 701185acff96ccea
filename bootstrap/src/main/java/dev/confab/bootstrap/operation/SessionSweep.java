package dev.confab.bootstrap.operation;

import dev.confab.application.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what has expired, and fails the turns of instances that are dead. */
public final class SessionSweep {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSweep.class);

    private final Sessions sessions;
    private boolean failing;

    public SessionSweep(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Sweeps once. A failure is logged, the first of a row only, and not fatal: the next run takes up what this one left. */
    public void sweep() {
        try {
            int swept = sessions.sweep();
            failing = false;
            if (swept > 0) {
                LOG.info("Swept expired sessions or turns of dead instances off {} conversations", swept);
            }
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.error("Sweeping sessions failed; the next run tries again", e);
            }
            failing = true;
        }
    }
}
