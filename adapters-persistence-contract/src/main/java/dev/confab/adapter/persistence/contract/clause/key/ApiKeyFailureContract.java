package dev.confab.adapter.persistence.contract.clause.key;

import static dev.confab.adapter.persistence.contract.sample.ApiKeySamples.apiKey;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.FailedChanges;
import dev.confab.adapter.persistence.contract.harness.FailedChanges.Change;
import dev.confab.domain.access.ApiKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** K9: an error says correctly whether the change is recorded. */
public abstract class ApiKeyFailureContract extends ContractTest {
    private final ApiKey first = apiKey(ALICE);
    private final ApiKey second = apiKey(ALICE);
    private final List<ApiKey> before = sorted(first, second);

    @Test
    void a_change_that_the_storage_refused_is_not_recorded_and_can_be_made_later_K9() {
        failedChanges().expectRefusedOnesUnrecorded();
    }

    @Test
    void a_change_of_unknown_outcome_is_recorded_completely_or_not_at_all_K9() {
        failedChanges().expectUnknownOnesWholeOrAbsent();
    }

    private List<Change<ApiKey>> changes() {
        ApiKey created = apiKey(BOB);
        var time = now();
        return List.of(new Change<>("create", () -> keys().create(created), sorted(first, second, created)),
                new Change<>("revoke", () -> keys().revoke(first.id(), time), sorted(first.revoked(time), second)),
                new Change<>("remove all of an owner", () -> keys().removeAllOf(ALICE), List.of()));
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

    private FailedChanges<ApiKey> failedChanges() {
        return new FailedChanges<>(this, before, this::begin, this::changes, this::stored);
    }
}
