package dev.confab.adapter.persistence.contract.clause.webhook;

import static dev.confab.adapter.persistence.contract.sample.WebhookSamples.webhook;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.Faults.Failure;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.webhook.Webhook;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** W11: an error says correctly whether the change is recorded. */
public abstract class WebhookFailureContract extends ContractTest {

    /** A change of webhooks, which makes one state of another. */
    private record Change(String name, Runnable call, List<Webhook> after) {
    }

    private final Webhook first = webhook(ALICE);
    private final List<Webhook> before = List.of(first);

    private List<Change> changes() {
        var time = now();
        Webhook disabled = first.disabled(time, "why");
        Webhook ofBob = webhook(BOB);
        return List.of(
                new Change("change", () -> webhooks().change(ALICE, first.id(), each -> each.disabled(time, "why")),
                        List.of(disabled)),
                new Change("remove", () -> webhooks().remove(ALICE, first.id()), List.of()),
                new Change("remove all of an owner", () -> webhooks().removeAllOf(ALICE), List.of()),
                new Change("create", () -> webhooks().create(ofBob), List.of(first, ofBob)));
    }

    @Test
    void a_change_that_the_storage_refused_is_not_recorded_and_can_be_made_later_W11() {
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
    void a_change_of_unknown_outcome_is_recorded_completely_or_not_at_all_W11() {
        for (int n = 0; n < 2; n++) {
            for (Change change : changes()) {
                begin();
                failNextCommit(Failure.UNKNOWN);

                assertThatThrownBy(change.call()::run).as(change.name()).isInstanceOf(CommitOutcomeUnknown.class);

                List<Webhook> seen = stored();
                assertThat(seen).isIn(before, change.after());
                db().reopen();
                List<Webhook> reopened = stored();
                assertThat(reopened).isIn(seen, change.after());
                db().crash();
                assertThat(stored()).isEqualTo(reopened);
            }
        }
    }

    private void begin() {
        webhooks().removeAllOf(ALICE);
        webhooks().removeAllOf(BOB);
        before.forEach(webhooks()::create);
    }

    private List<Webhook> stored() {
        return Stream.of(ALICE, BOB).flatMap(owner -> webhooks().list(owner).stream()).toList();
    }
}
