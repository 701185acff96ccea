package dev.confab.adapter.persistence.contract.harness;

import java.time.Duration;

/** All that an adapter's test hands over to the suite. */
@FunctionalInterface
public interface StoreFactory {

    /**
     * Opens a store on new, empty storage.
     *
     * @param lockTimeout how long a work may wait for its conversation (S8)
     */
    StoreUnderTest open(Duration lockTimeout);
}
