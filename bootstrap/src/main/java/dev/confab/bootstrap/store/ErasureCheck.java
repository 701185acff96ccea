package dev.confab.bootstrap.store;

import dev.confab.domain.conversation.OwnerId;
import java.util.List;

/**
 * Searches a store's storage for an owner's data that an erasure must have removed. The wiring class of a store declares one, for
 * {@code verify-erased}.
 */
@FunctionalInterface
public interface ErasureCheck {
    /** Changes nothing. Throws {@link dev.confab.bootstrap.failure.CannotStart} if the storage cannot be read. */
    Result look(OwnerId owner);

    /**
     * The result of the search.
     *
     * @param found the places that have something of the owner
     * @param unattributed the places whose owner is unknown
     */
    record Result(List<String> found, List<String> unattributed) {
        public Result {
            found = List.copyOf(found);
            unattributed = List.copyOf(unattributed);
        }
    }
}
