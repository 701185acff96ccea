package dev.confab.adapter.persistence.contract.random;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStoreUnderTest;
import dev.confab.domain.ConfabException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares random sequences of commands with the reference store. */
public abstract class RandomSequencesContract extends ContractTest {
    private static final int SEEDS = 8;
    private static final int COMMANDS = 200;

    @Test
    void random_commands_give_the_same_responses_as_the_reference_store_S3_S13_S14_S16_S17_S18_S20() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            compare(seed);
        }
    }

    @Test
    void new_random_commands_in_each_run_give_the_same_responses_as_the_reference_store_S3_S13_S14_S16_S17_S18_S20() {
        compare(System.nanoTime());
    }

    private void compare(long seed) {
        var commands = new RandomCommands(new Random(seed));
        StoreUnderTest adapter = opened(factory().open(lockTimeout()));
        StoreUnderTest reference = ReferenceStoreUnderTest.factory(ReferenceStore::new).open(lockTimeout());

        for (int step = 0; step < COMMANDS; step++) {
            RandomCommands.Command command = commands.next();
            String expected = response(command, reference);
            assertThat(response(command, adapter)).as("seed %d, step %d: %s", seed, step, command.name())
                    .isEqualTo(expected);
        }
        // So that the next sequence may use the same database, emptied.
        adapter.close();
    }

    /** The command's result or exception, as a string. */
    private static String response(RandomCommands.Command command, StoreUnderTest store) {
        try {
            return String.valueOf(command.run().apply(store));
        } catch (ConfabException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        } catch (IllegalArgumentException e) {
            return "rejected: " + e.getMessage();
        }
    }
}
