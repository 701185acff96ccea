package dev.confab.domain.port;

import dev.confab.domain.conversation.OwnerId;

/** Takes an owner's everything away for good. It spans conversations, so it is a port of its own. */
public interface OwnerEraser {
    /**
     * Purges every conversation of the owner, live or in the bin. Not atomic over all of them: after a
     * {@link StorageException} some may be gone; call it again. One that is made meanwhile may stay.
     *
     * @return how many were purged
     */
    int erase(OwnerId owner);
}
