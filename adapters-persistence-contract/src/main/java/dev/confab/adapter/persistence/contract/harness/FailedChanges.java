package dev.confab.adapter.persistence.contract.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.Faults.Failure;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import java.util.List;
import java.util.function.Supplier;

/**
 * Checks that the error of each of several changes says correctly whether the change is recorded.
 *
 * @param before the state that each change starts from
 * @param begin stores that state, and nothing else
 * @param changes makes the changes anew for each round
 * @param stored reads the state
 */
public record FailedChanges<T>(ContractTest test, List<T> before, Runnable begin, Supplier<List<Change<T>>> changes,
        Supplier<List<T>> stored) {

    /** A change of the stored state. */
    public record Change<T>(String name, Runnable call, List<T> after) {
    }

    /** Checks that a change which the storage refuses is not recorded, and can be made later. */
    public void expectRefusedOnesUnrecorded() {
        for (Change<T> change : changes.get()) {
            begin.run();
            test.failNextCommit(Failure.REFUSED);

            assertThatThrownBy(change.call()::run).as(change.name()).isInstanceOf(StorageUnavailable.class);

            assertThat(stored.get()).isEqualTo(before);
            test.db().reopen();
            assertThat(stored.get()).isEqualTo(before);
            change.call().run();
            assertThat(stored.get()).isEqualTo(change.after());
        }
    }

    /**
     * Checks that a change of unknown outcome is recorded completely or not at all. Each is made twice, since a storage may record every
     * second one.
     */
    public void expectUnknownOnesWholeOrAbsent() {
        for (int n = 0; n < 2; n++) {
            for (Change<T> change : changes.get()) {
                begin.run();
                test.failNextCommit(Failure.UNKNOWN);

                assertThatThrownBy(change.call()::run).as(change.name()).isInstanceOf(CommitOutcomeUnknown.class);

                List<T> seen = stored.get();
                assertThat(seen).isIn(before, change.after());
                test.db().reopen();
                List<T> reopened = stored.get();
                assertThat(reopened).isIn(seen, change.after());
                test.db().crash();
                assertThat(stored.get()).isEqualTo(reopened);
            }
        }
    }
}
