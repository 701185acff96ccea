package dev.confab.adapter.persistence.contract.clause.webhook;

import static dev.confab.adapter.persistence.contract.sample.WebhookSamples.newSecret;
import static dev.confab.adapter.persistence.contract.sample.WebhookSamples.webhook;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.TooManyWebhooks;
import dev.confab.domain.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** W6 to W9: who may deliver a webhook, and the limit under concurrent calls. */
public abstract class WebhookClaimsContract extends ContractTest {
    private static final int ROUNDS = 8;
    private static final int THREADS = 8;

    private final UUID one = UUID.randomUUID();
    private final UUID two = UUID.randomUUID();
    private final Instant start = now();
    private final Instant end = start.plusSeconds(60);

    @Test
    void a_claimed_webhook_is_not_given_to_another_holder_until_the_claim_ends_W6() {
        Webhook webhook = created();
        assertThat(webhooks().claim(one, start, end, 10)).containsExactly(webhook);

        assertThat(webhooks().claim(one, start, end, 10)).as("it has it").isEmpty();
        assertThat(webhooks().claim(two, start, end, 10)).isEmpty();
        assertThat(webhooks().claim(two, end.minusMillis(1), end.plusSeconds(60), 10)).isEmpty();
        assertThat(webhooks().claim(two, end, end.plusSeconds(60), 10)).containsExactly(webhook);
        assertThat(webhooks().renew(one, end.plusSeconds(60))).isEmpty();
        assertThat(webhooks().renew(two, end.plusSeconds(60))).containsExactly(webhook);
    }

    @Test
    void a_renewed_claim_ends_later_and_a_released_one_at_once_W6() {
        Webhook webhook = created();
        webhooks().claim(one, start, end, 10);
        assertThat(webhooks().renew(one, end.plusSeconds(60))).containsExactly(webhook);
        assertThat(webhooks().claim(two, end, end.plusSeconds(60), 10)).isEmpty();

        webhooks().release(one);

        assertThat(webhooks().renew(one, end)).isEmpty();
        assertThat(webhooks().claim(two, start, end, 10)).containsExactly(webhook);
    }

    @Test
    void a_disabled_webhook_is_neither_claimed_nor_renewed_W6() {
        Webhook webhook = created();
        webhooks().claim(one, start, end, 10);
        webhooks().change(ALICE, webhook.id(), each -> each.disabled(start, "why"));
        assertThat(webhooks().renew(one, end)).isEmpty();
        webhooks().release(one);
        assertThat(webhooks().claim(two, start, end, 10)).isEmpty();

        webhooks().change(ALICE, webhook.id(), each -> each.enabled(start));

        assertThat(webhooks().claim(two, start, end, 10)).extracting(Webhook::id).containsExactly(webhook.id());
    }

    @Test
    void a_holder_gets_at_most_as_many_as_it_asks_for_W6() {
        IntStream.range(0, 5).forEach(_ -> created());

        assertThat(webhooks().claim(one, start, end, 3)).hasSize(3);
        assertThat(webhooks().claim(two, start, end, 3)).hasSize(2);
        assertThat(webhooks().renew(one, end)).hasSize(3);
    }

    @Test
    void of_many_claims_at_once_exactly_one_succeeds_W6() {
        List<WebhookStore> instances = twoInstances(WebhookStore.MAX_WEBHOOKS);
        for (int round = 0; round < ROUNDS; round++) {
            Webhook webhook = created();

            List<Integer> claimed = TestThreads.run(THREADS,
                    thread -> instances.get(thread % 2).claim(UUID.randomUUID(), start, end, 10).size());

            assertThat(claimed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
            webhooks().remove(ALICE, webhook.id());
        }
    }

    @Test
    void only_the_present_holder_moves_cursors_W7() {
        Webhook webhook = created();
        ConversationId id = startWith("text");
        var failure = new DeliveryFailure(start, "id", "reason");
        webhooks().claim(one, start, end, 10);
        webhooks().claim(two, end, end.plusSeconds(60), 10);

        assertThat(webhooks().advance(one, webhook.id(), id, Cursor.upTo(1, List.of()))).isFalse();
        assertThat(webhooks().recordFailure(one, webhook.id(), failure)).isFalse();
        assertThat(cursor(webhook, id)).isEqualTo(Cursor.NONE);
        assertThat(webhooks().find(webhook.id())).contains(webhook);
        assertThat(webhooks().advance(two, webhook.id(), id, Cursor.upTo(2, List.of()))).isTrue();
        assertThat(webhooks().recordFailure(two, webhook.id(), failure)).isTrue();
        assertThat(webhooks().find(webhook.id())).contains(webhook.failed(failure));
        assertThat(webhooks().forget(one, webhook.id(), id)).isFalse();
        assertThat(cursor(webhook, id).version()).isEqualTo(2);
        webhooks().release(two);
        assertThat(webhooks().advance(two, webhook.id(), id, Cursor.upTo(3, List.of()))).isFalse();
    }

    @Test
    void no_advance_of_an_earlier_holder_comes_after_a_claim_W7() {
        List<WebhookStore> instances = twoInstances(WebhookStore.MAX_WEBHOOKS);
        Webhook webhook = created();
        ConversationId id = start();
        for (int round = 0; round < ROUNDS; round++) {
            UUID earlier = UUID.randomUUID();
            UUID later = UUID.randomUUID();
            Instant now = start.plusSeconds(1_000L * round);
            webhooks().claim(earlier, now, now.plusSeconds(1), 10);
            long first = 1_000L * round;
            List<Long> afterTheClaim = TestThreads.run(4, thread -> {
                if (thread == 0) {
                    assertThat(instances.get(1).claim(later, now.plusSeconds(1), now.plusSeconds(2), 10)).hasSize(1);
                    return cursor(webhook, id).version();
                }
                for (int n = 1; n < 20; n++) {
                    instances.get(0).advance(earlier, webhook.id(), id,
                            Cursor.upTo(first + 4L * n + thread, List.of()));
                }
                return 0L;
            });
            assertThat(cursor(webhook, id).version()).isEqualTo(afterTheClaim.getFirst());
        }
    }

    @Test
    void a_cursor_never_goes_back_W8() {
        Webhook webhook = created();
        ConversationId id = startWith("one", "two");
        webhooks().claim(one, start, end, 10);
        assertThat(webhooks().advance(one, webhook.id(), id, Cursor.upTo(2, List.of()))).isTrue();

        assertThat(webhooks().advance(one, webhook.id(), id, Cursor.upTo(1, List.of()))).isFalse();
        assertThat(cursor(webhook, id)).isEqualTo(Cursor.upTo(2, List.of()));
        Cursor failing = Cursor.upTo(2, List.of()).failing(start);
        assertThat(webhooks().advance(one, webhook.id(), id, failing)).as("the same version").isTrue();
        assertThat(cursor(webhook, id)).isEqualTo(failing);
        assertThat(webhooks().advance(one, webhook.id(), id, Cursor.upTo(3, List.of()))).isTrue();
    }

    @Test
    void many_creations_at_once_do_not_pass_the_limit_W9() {
        List<WebhookStore> instances = twoInstances(3);
        for (int round = 0; round < ROUNDS; round++) {
            List<Boolean> created = TestThreads.run(THREADS, thread -> {
                try {
                    instances.get(thread % 2).create(webhook(ALICE));
                    return true;
                } catch (TooManyWebhooks full) {
                    return false;
                }
            });

            assertThat(created.stream().filter(each -> each)).hasSize(3);
            assertThat(webhooks().removeAllOf(ALICE)).isEqualTo(3);
        }
    }

    @Test
    void of_many_equal_creations_at_once_all_return_the_same_webhook_W9() {
        List<WebhookStore> instances = twoInstances(WebhookStore.MAX_WEBHOOKS);
        for (int round = 0; round < ROUNDS; round++) {
            Webhook webhook = webhook(BOB);

            List<Webhook> created = TestThreads.run(THREADS, thread -> instances.get(thread % 2).create(webhook
                    .withSecret(newSecret())));

            Optional<Webhook> stored = webhooks().find(webhook.id());
            assertThat(created).allSatisfy(each -> assertThat(stored).contains(each));
            assertThat(webhooks().removeAllOf(BOB)).isEqualTo(1);
        }
    }

    private List<WebhookStore> twoInstances(int limit) {
        StoreUnderTest other = opened(db().another());
        return List.of(db().webhooks(limit), other.webhooks(limit));
    }

    private Webhook created() {
        return webhooks().create(webhook(ALICE));
    }

    private Cursor cursor(Webhook webhook, ConversationId id) {
        return webhooks().progress(webhook.id(), id).orElseThrow().cursor();
    }
}
