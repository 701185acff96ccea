package dev.confab.adapter.persistence.contract.clause.webhook;

import static dev.confab.adapter.persistence.contract.sample.WebhookSamples.webhook;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.FailedChanges;
import dev.confab.adapter.persistence.contract.harness.FailedChanges.Change;
import dev.confab.domain.webhook.Webhook;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** W11: an error says correctly whether the change is recorded. */
public abstract class WebhookFailureContract extends ContractTest {
    private final Webhook first = webhook(ALICE);
    private final List<Webhook> before = List.of(first);

    @Test
    void a_change_that_the_storage_refused_is_not_recorded_and_can_be_made_later_W11() {
        failedChanges().expectRefusedOnesUnrecorded();
    }

    @Test
    void a_change_of_unknown_outcome_is_recorded_completely_or_not_at_all_W11() {
        failedChanges().expectUnknownOnesWholeOrAbsent();
    }

    private List<Change<Webhook>> changes() {
        var time = now();
        Webhook disabled = first.disabled(time, "why");
        Webhook ofBob = webhook(BOB);
        return List.of(
                new Change<>("change", () -> webhooks().change(ALICE, first.id(), each -> each.disabled(time, "why")),
                        List.of(disabled)),
                new Change<>("remove", () -> webhooks().remove(ALICE, first.id()), List.of()),
                new Change<>("remove all of an owner", () -> webhooks().removeAllOf(ALICE), List.of()),
                new Change<>("create", () -> webhooks().create(ofBob), List.of(first, ofBob)));
    }

    private void begin() {
        webhooks().removeAllOf(ALICE);
        webhooks().removeAllOf(BOB);
        before.forEach(webhooks()::create);
    }

    private List<Webhook> stored() {
        return Stream.of(ALICE, BOB).flatMap(owner -> webhooks().list(owner).stream()).toList();
    }

    private FailedChanges<Webhook> failedChanges() {
        return new FailedChanges<>(this, before, this::begin, this::changes, this::stored);
    }
}
