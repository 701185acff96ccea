package dev.confab.adapter.persistence.contract.clause.webhook;

import static dev.confab.adapter.persistence.contract.sample.WebhookSamples.newSecret;
import static dev.confab.adapter.persistence.contract.sample.WebhookSamples.webhook;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.EdgeCaseTexts;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.TooManyWebhooks;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookIdReused;
import dev.confab.domain.webhook.WebhookState.Disabled;
import dev.confab.domain.webhook.WebhookUrl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** W1 to W3, W9 and W10: the webhooks themselves, by one call after another. */
public abstract class WebhookStoreContract extends ContractTest {

    @Test
    void each_kind_of_change_survives_a_crash_right_after_it_W1() {
        Webhook created = created(ALICE);
        Webhook ofBob = created(BOB);
        db().crash();
        assertThat(webhooks().list(ALICE)).containsExactly(created);
        Webhook changed = webhooks().change(ALICE, created.id(), each -> each.disabled(now(), "it is dead"))
                .orElseThrow();
        db().crash();
        assertThat(webhooks().find(created.id())).contains(changed);
        assertThat(webhooks().remove(ALICE, created.id())).isTrue();
        db().crash();
        assertThat(webhooks().list(ALICE)).isEmpty();
        assertThat(webhooks().list(BOB)).containsExactly(ofBob);
        assertThat(webhooks().removeAllOf(BOB)).isEqualTo(1);
        db().crash();
        assertThat(webhooks().list(BOB)).isEmpty();
    }

    @Test
    void every_thread_and_instance_sees_a_change_as_soon_as_it_returns_W2() {
        StoreUnderTest other = opened(db().another());
        for (int n = 0; n < 5; n++) {
            WebhookStore writing = (n % 2 == 0 ? db() : other).webhooks(WebhookStore.MAX_WEBHOOKS);
            WebhookStore reading = (n % 2 == 0 ? other : db()).webhooks(WebhookStore.MAX_WEBHOOKS);
            Webhook created = writing.create(webhook(ALICE));
            assertThat(inAnotherThread(reading, created)).contains(created);
            Webhook changed = writing.change(ALICE, created.id(), each -> each.withSecret(newSecret())).orElseThrow();
            assertThat(inAnotherThread(reading, created)).contains(changed);
            assertThat(reading.list(ALICE)).containsExactly(changed);
            writing.remove(ALICE, created.id());
            assertThat(inAnotherThread(reading, created)).isEmpty();
        }
    }

    private Optional<Webhook> inAnotherThread(WebhookStore store, Webhook webhook) {
        return TestThreads.get(TestThreads.start(() -> store.find(webhook.id())), TestThreads.DEADLINE);
    }

    @Test
    void webhooks_come_back_as_they_were_stored_W3() {
        List<Webhook> stored = new ArrayList<>();
        stored.add(created(ALICE));
        stored.add(webhooks().create(webhook(ALICE).withEvents(Set.of(EventType.TURN_FAILED))
                .withUrl(WebhookUrl.parse("http://[::1]:8080/a?b=%C3%A4&c='d'"))));
        stored.add(webhooks().create(webhook(ALICE).disabled(Times.LATEST, "a quote \" and a line\nbreak")));
        stored.add(webhooks().create(webhook(ALICE)
                .failed(new DeliveryFailure(Times.EARLIEST, "an id", "a reason with ' and \""))));
        EdgeCaseTexts.ALL.stream().filter(text -> !text.isEmpty() && text.length() <= OwnerId.MAX_LENGTH).limit(20)
                .forEach(text -> stored.add(created(new OwnerId(text))));

        nowAndAfterReopening(() -> assertThat(stored)
                .allSatisfy(each -> assertThat(webhooks().find(each.id())).contains(each)));
    }

    @Test
    void webhooks_are_listed_by_id_and_a_change_keeps_the_rest_W3() {
        List<Webhook> stored = new ArrayList<>();
        for (int n = 0; n < WebhookStore.MAX_WEBHOOKS; n++) {
            stored.add(created(ALICE));
        }
        created(BOB);
        Webhook first = stored.getFirst();
        Instant time = now();
        assertThat(webhooks().change(ALICE, first.id(), each -> each.disabled(time, "why"))).get()
                .extracting(Webhook::state).isEqualTo(new Disabled(time, "why"));
        stored.set(0, first.disabled(time, "why"));

        stored.sort(Comparator.comparing(Webhook::id));
        nowAndAfterReopening(() -> assertThat(webhooks().list(ALICE)).isEqualTo(stored));
    }

    @Test
    void a_repeated_creation_returns_the_stored_webhook_and_another_one_with_its_id_is_rejected_W9() {
        Webhook first = created(ALICE);
        Webhook repeated = Webhook.create(first.id(), ALICE, first.url(), first.events(), newSecret(), now());

        assertThat(webhooks().create(repeated)).isEqualTo(first);
        for (Webhook other : List.of(repeated.withUrl(WebhookUrl.parse("https://example.com/other")),
                repeated.withEvents(Set.of(EventType.TURN_FAILED)),
                Webhook.create(first.id(), BOB, first.url(), first.events(), newSecret(), now()))) {
            assertThatThrownBy(() -> webhooks().create(other)).isInstanceOf(WebhookIdReused.class);
        }
        assertThat(webhooks().find(first.id())).contains(first);
    }

    @Test
    void an_owner_has_no_more_webhooks_than_the_limit_W9() {
        WebhookStore two = db().webhooks(2);
        Webhook first = two.create(webhook(ALICE));
        Webhook second = two.create(webhook(ALICE));
        assertThatThrownBy(() -> two.create(webhook(ALICE))).isInstanceOf(TooManyWebhooks.class);
        assertThat(two.create(first)).isEqualTo(first);
        two.create(webhook(BOB));
        two.change(ALICE, second.id(), each -> each.disabled(now(), "a disabled webhook counts"));
        assertThatThrownBy(() -> two.create(webhook(ALICE))).isInstanceOf(TooManyWebhooks.class);
        two.remove(ALICE, first.id());

        Webhook third = two.create(webhook(ALICE));

        assertThat(two.list(ALICE)).extracting(Webhook::id).containsExactlyInAnyOrder(second.id(), third.id());
    }

    @Test
    void a_removed_webhook_is_gone_and_those_of_others_stay_W10() {
        Webhook removed = created(ALICE);
        Webhook stays = created(ALICE);
        Webhook ofBob = created(BOB);
        assertThat(webhooks().remove(BOB, removed.id())).isFalse();
        assertThat(webhooks().change(BOB, removed.id(), each -> each.disabled(now(), "why"))).isEmpty();
        assertThat(webhooks().find(removed.id())).contains(removed);

        assertThat(webhooks().remove(ALICE, removed.id())).isTrue();

        assertThat(webhooks().remove(ALICE, removed.id())).isFalse();
        assertThat(webhooks().find(removed.id())).isEmpty();
        assertThat(webhooks().change(ALICE, removed.id(), each -> each.disabled(now(), "why"))).isEmpty();
        assertThat(webhooks().due(removed.id(), Optional.empty(), 10)).isEmpty();
        assertThat(webhooks().progress(removed.id(), start())).isEmpty();
        assertThat(webhooks().list(ALICE)).containsExactly(stays);
        assertThat(webhooks().removeAllOf(ALICE)).isEqualTo(1);
        assertThat(webhooks().removeAllOf(ALICE)).isZero();
        assertThat(webhooks().list(ALICE)).isEmpty();
        assertThat(webhooks().list(BOB)).containsExactly(ofBob);
        assertThat(webhooks().claim(UUID.randomUUID(), now(), now().plusSeconds(60), 10)).containsExactly(ofBob);
    }

    private Webhook created(OwnerId owner) {
        return webhooks().create(webhook(owner));
    }
}
