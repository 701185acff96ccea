package dev.confab.bootstrap.store;

import dev.confab.domain.conversation.OwnerId;
import java.util.List;

/** Looks in a store's storage for what an erasure must not have left. The wiring class of a store declares one, for {@code verify-erased}. */
@FunctionalInterface
public interface ErasureCheck {
    /** Changes nothing. Throws {@link dev.confab.bootstrap.failure.CannotStart} if the storage cannot be read. */
    Result look(OwnerId owner);

    /**
     * What is there.
     *
     * @param found the places that have something of the owner
     * @param unattributed the places of which nobody can say whose they are
     */
    record Result(List<String> found, List<String> unattributed) {
        public Result {
            found = List.copyOf(found);
            unattributed = List.copyOf(unattributed);
        }
    }
}
