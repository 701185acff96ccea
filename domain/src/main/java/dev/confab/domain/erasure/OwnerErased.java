package dev.confab.domain.erasure;

import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.OwnerId;

/** The owner was erased after the request had begun. Nothing of it is recorded; a request that begins now is a new one. */
public final class OwnerErased extends ConfabException {
    private static final long serialVersionUID = 1L;
    private final OwnerId owner;

    public OwnerErased(OwnerId owner) {
        super("the owner was erased while the request was under way; nothing of the request is recorded");
        this.owner = owner;
    }

    public OwnerId owner() {
        return owner;
    }
}
