package dev.confab.bootstrap.operation;

import dev.confab.application.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Fails the turns that a killed server left running, once all beans are created and before the web server accepts requests. Only for a
 * storage that no other process can use. Otherwise those turns would block their conversations until their leases expire.
 */
public record OrphanedTurns(Sessions sessions) implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedTurns.class);

    @Override
    public void afterSingletonsInstantiated() {
        try {
            int failed = sessions.failOrphanedTurns();
            if (failed > 0) {
                LOG.info("Failed {} turns that were running when the last server was killed", failed);
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "Failing the turns of a killed server failed; they block their conversations until their leases expire",
                    e);
        }
    }
}
