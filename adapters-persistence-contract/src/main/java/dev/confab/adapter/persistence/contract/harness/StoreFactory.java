package dev.confab.adapter.persistence.contract.harness;

import java.time.Duration;

/** Opens the store of an adapter for the suite. It is all that the test of an adapter has to provide. */
@FunctionalInterface
public interface StoreFactory {

    /**
     * Opens a store on new, empty storage.
     *
     * @param lockTimeout how long a transaction waits for a locked conversation (S8)
     */
    StoreUnderTest open(Duration lockTimeout);

    /** The time limit for anything that must not wait for something else. Far longer than a correct store takes on a slow machine. */
    default Duration patience() {
        return Duration.ofSeconds(10);
    }
}
