package dev.confab.application;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.query.Usage;

/** What owners have stored. */
@FunctionalInterface
public interface Usages {
    /**
     * What the owner has stored now.
     *
     * @throws StorageException if that cannot be found out
     */
    Usage of(OwnerId owner);
}
