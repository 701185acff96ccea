package dev.confab.adapter.persistence.contract.clause.key;

import static dev.confab.adapter.persistence.contract.sample.ApiKeySamples.apiKey;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.Faults.Failure;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** K9: an error says correctly whether the change is recorded. */
public abstract class ApiKeyFailureContract extends ContractTest {

    /** A change of keys, which makes one state of another. */
    private record Change(String name, Runnable call, List<ApiKey> after) {
    }

    private final ApiKey first = apiKey(ALICE);
    private final ApiKey second = apiKey(ALICE);
    private final List<ApiKey> before = sorted(first, second);

    private List<Change> changes() {
        ApiKey created = apiKey(BOB);
        var time = now();
        return List.of(new Change("create", () -> keys().create(created), sorted(first, second, created)),
                new Change("revoke", () -> keys().revoke(first.id(), time), sorted(first.revoked(time), second)),
                new Change("remove all of an owner", () -> keys().removeAllOf(ALICE), List.of()));
    }

    @Test
    void a_change_that_the_storage_refused_is_not_recorded_and_can_be_made_later_K9() {
        for (Change change : changes()) {
            begin();
            failNextCommit(Failure.REFUSED);

            assertThatThrownBy(change.call()::run).as(change.name()).isInstanceOf(StorageUnavailable.class);

            assertThat(stored()).isEqualTo(before);
            db().reopen();
            assertThat(stored()).isEqualTo(before);
            change.call().run();
            assertThat(stored()).isEqualTo(change.after());
        }
    }

    /** Twice, since a storage may record each other change of unknown outcome. */
    @Test
    void a_change_of_unknown_outcome_is_recorded_completely_or_not_at_all_K9() {
        for (int n = 0; n < 2; n++) {
            for (Change change : changes()) {
                begin();
                failNextCommit(Failure.UNKNOWN);

                assertThatThrownBy(change.call()::run).as(change.name()).isInstanceOf(CommitOutcomeUnknown.class);

                List<ApiKey> seen = stored();
                assertThat(seen).isIn(before, change.after());
                db().reopen();
                List<ApiKey> reopened = stored();
                assertThat(reopened).isIn(seen, change.after());
                db().crash();
                assertThat(stored()).isEqualTo(reopened);
            }
        }
    }

    private void begin() {
        keys().removeAllOf(ALICE);
        keys().removeAllOf(BOB);
        before.forEach(keys()::create);
    }

    private List<ApiKey> stored() {
        return keys().list(Optional.empty(), Optional.empty(), 10);
    }

    private static List<ApiKey> sorted(ApiKey... keys) {
        return Stream.of(keys).sorted(Comparator.comparing(ApiKey::id)).toList();
    }
}
