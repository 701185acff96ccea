package dev.confab.domain.port;

import dev.confab.domain.conversation.OwnerId;

/** Purges everything that an owner has. This concerns many conversations, so it is a port of its own. */
public interface OwnerEraser {
    /**
     * Purges all conversations of the owner, live or deleted, each in its own transaction, and returns their number. After a {@link
     * StorageException} some may be purged; call it again. A conversation that is created meanwhile may remain.
     */
    int erase(OwnerId owner);
}
