package dev.confab.application.webhook;

import static dev.confab.adapter.persistence.contract.sample.WebhookSamples.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceWebhookStore;
import dev.confab.adapter.persistence.contract.sample.RandomIds;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.WebhookSender.Result;
import dev.confab.domain.port.WebhookStore;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookEvent.ConversationReached;
import dev.confab.domain.webhook.WebhookEvent;
import dev.confab.domain.webhook.WebhookState.Disabled;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Delivery over the reference store, with instances that end or crash. */
class WebhookDeliveryTest {
    private static final DeliverySettings QUICK = new DeliverySettings(Duration.ofMillis(600), Duration.ofMillis(200),
            Duration.ofMillis(1), Duration.ofHours(24), 8, 64);

    private final ReferenceStorage storage = new ReferenceStorage();
    private final ReferenceStore store = new ReferenceStore(storage, Duration.ofSeconds(30));
    private final WebhookStore webhooks = new ReferenceWebhookStore(storage, WebhookStore.MAX_WEBHOOKS);
    private final Receiver receiver = new Receiver();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Samples.now().plus(ahead.get());
    private final List<WebhookDelivery> instances = new ArrayList<>();

    private WebhookDelivery started(DeliverySettings settings) {
        var delivery = new WebhookDelivery(webhooks, store, receiver, new RandomIds(), clock, settings,
                DeliveryObserver.NONE);
        instances.add(delivery);
        delivery.start();
        return delivery;
    }

    @AfterEach
    void end() {
        instances.forEach(WebhookDelivery::close);
    }

    private ConversationId created(OwnerId owner) {
        ConversationId id = Samples.newConversationId();
        store.transact(id, Transactions.begin(Samples.started(id, owner, Optional.empty())));
        return id;
    }

    private void append(ConversationId id) {
        store.transact(id, Transactions.append(Samples.draft("text"), Samples.now()));
    }

    private void awaitDelivered(Webhook webhook) {
        TestThreads.await(() -> webhooks.due(webhook.id(), Optional.empty(), 1).isEmpty());
    }

    /** Checks that the accepted events cover each version up to the last one, in order, and returns how often events were repeated. */
    private int assertComplete(Map<ConversationId, Long> versions) {
        Map<ConversationId, List<ConversationReached>> byConversation = receiver.accepted().stream()
                .map(ConversationReached.class::cast).collect(Collectors.groupingBy(ConversationReached::conversation));
        assertThat(byConversation.keySet()).isEqualTo(versions.keySet());
        int repeated = 0;
        for (var entry : byConversation.entrySet()) {
            long reported = 0;
            Set<String> seen = new HashSet<>();
            for (ConversationReached event : entry.getValue()) {
                if (!seen.add(event.id())) {
                    repeated++;
                    continue;
                }
                assertThat(event.previousVersion()).as("the event before %s", event).isEqualTo(reported);
                reported = event.version();
            }
            assertThat(reported).isEqualTo(versions.get(entry.getKey()));
        }
        return repeated;
    }

    @Test
    void events_are_delivered_in_order_though_the_receiver_fails_at_random_and_instances_crash() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        receiver.answer = _ -> {
            synchronized (random) {
                return random.nextInt(5) == 0 ? new Result.Rejected(500, Optional.empty()) : new Result.Accepted(204);
            }
        };
        Webhook webhook = webhooks.create(webhook(Samples.ALICE));
        started(QUICK);
        List<ConversationId> ids = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            ids.add(created(Samples.ALICE));
        }
        for (int n = 0; n < 600; n++) {
            append(ids.get(n % ids.size()));
            if (n == 200 || n == 400) {
                // A crash: the instance stops sending, and keeps its claim until that ends.
                instances.getLast().abandon();
                started(QUICK);
            }
        }

        awaitDelivered(webhook);
        assertComplete(ids.stream().collect(Collectors.toMap(id -> id, _ -> 31L)));
        assertThat(receiver.mostAtOnce).as("seed %d", seed).isLessThanOrEqualTo(2 * QUICK.maxPerWebhook());
    }

    @Test
    void two_instances_deliver_each_event_once_when_nothing_fails() {
        Webhook webhook = webhooks.create(webhook(Samples.ALICE));
        started(QUICK);
        started(QUICK);
        List<ConversationId> ids = List.of(created(Samples.ALICE), created(Samples.ALICE), created(Samples.ALICE));
        for (int n = 0; n < 300; n++) {
            append(ids.get(n % ids.size()));
        }

        awaitDelivered(webhook);
        assertThat(assertComplete(ids.stream().collect(Collectors.toMap(id -> id, _ -> 101L)))).isZero();
        assertThat(receiver.all).hasSameSizeAs(receiver.accepted());
    }

    @Test
    void an_instance_that_is_closed_hands_over_at_once() {
        Webhook webhook = webhooks.create(webhook(Samples.ALICE));
        var hours = new DeliverySettings(Duration.ofHours(10), Duration.ofHours(1), Duration.ofMillis(1),
                Duration.ofHours(24), 8, 64);
        ConversationId id = created(Samples.ALICE);
        started(hours);
        awaitDelivered(webhook);
        instances.getLast().close();
        append(id);

        started(hours);

        awaitDelivered(webhook);
        assertThat(assertComplete(Map.of(id, 2L))).isZero();
    }

    @Test
    void a_receiver_that_does_not_answer_does_not_delay_another() {
        Webhook stuck = webhooks.create(webhook(Samples.ALICE));
        Webhook other = webhooks.create(webhook(Samples.BOB));
        var end = new CountDownLatch(1);
        receiver.answer = delivery -> {
            if (delivery.webhook().id().equals(stuck.id())) {
                TestThreads.await(end);
            }
            return new Result.Accepted(204);
        };
        started(new DeliverySettings(Duration.ofHours(10), Duration.ofHours(1), Duration.ofMillis(1),
                Duration.ofHours(24), 2, 4));
        for (int n = 0; n < 10; n++) {
            created(Samples.ALICE);
            created(Samples.BOB);
        }

        awaitDelivered(other);
        assertThat(webhooks.due(stuck.id(), Optional.empty(), 100)).hasSize(10);
        end.countDown();
        awaitDelivered(stuck);
    }

    @Test
    void one_conversation_whose_events_are_rejected_does_not_delay_the_others() {
        Webhook webhook = webhooks.create(webhook(Samples.ALICE));
        ConversationId rejected = created(Samples.ALICE);
        receiver.answer = delivery -> ((ConversationReached) delivery.event()).conversation().equals(rejected)
                ? new Result.Rejected(400, Optional.empty())
                : new Result.Accepted(204);
        started(QUICK);
        for (int n = 0; n < 50; n++) {
            created(Samples.ALICE);
        }

        TestThreads.await(() -> webhooks.due(webhook.id(), Optional.empty(), 100).equals(List.of(rejected)));
        assertThat(receiver.accepted()).hasSize(50);
    }

    @Test
    void status_410_disables_a_webhook_at_once_and_events_since_then_are_sent_when_it_is_enabled_again() {
        Webhook webhook = webhooks.create(webhook(Samples.ALICE));
        receiver.answer = _ -> new Result.Rejected(410, Optional.empty());
        WebhookDelivery delivery = started(QUICK);
        ConversationId id = created(Samples.ALICE);
        TestThreads.await(() -> !stored(webhook).isEnabled());
        assertThat(stored(webhook).state()).isInstanceOfSatisfying(Disabled.class,
                disabled -> assertThat(disabled.reason()).contains("410"));
        assertThat(stored(webhook).lastFailure().orElseThrow().reason()).contains("410");
        append(id);
        receiver.answer = _ -> new Result.Accepted(204);

        webhooks.change(Samples.ALICE, webhook.id(), each -> each.enabled(clock.instant()));
        delivery.wake();

        awaitDelivered(webhook);
        assertThat(receiver.accepted()).extracting(WebhookEvent::id).containsExactly(id + ":2");
    }

    @Test
    void an_event_that_is_not_accepted_for_a_day_disables_its_webhook_and_the_day_begins_anew_when_it_is_enabled() {
        Webhook webhook = webhooks.create(webhook(Samples.ALICE));
        receiver.answer = _ -> new Result.Unanswered("nobody is there");
        WebhookDelivery delivery = started(QUICK);
        ConversationId id = created(Samples.ALICE);
        TestThreads.await(() -> webhooks.progress(webhook.id(), id).orElseThrow().cursor().failingSince().isPresent());
        assertThat(stored(webhook).isEnabled()).isTrue();

        ahead.set(Duration.ofHours(25));

        TestThreads.await(() -> !stored(webhook).isEnabled());
        assertThat(stored(webhook).state()).isInstanceOfSatisfying(Disabled.class,
                disabled -> assertThat(disabled.reason()).contains(id + ":1", "nobody is there"));
        int before = receiver.all.size();
        webhooks.change(Samples.ALICE, webhook.id(), each -> each.enabled(clock.instant()));
        delivery.wake();
        TestThreads.await(() -> receiver.all.size() > before + 3);
        assertThat(stored(webhook).isEnabled()).isTrue();
    }

    private Webhook stored(Webhook webhook) {
        return webhooks.find(webhook.id()).orElseThrow();
    }

    @Test
    void a_changed_url_and_secret_are_used_by_the_next_attempt_and_a_deleted_webhook_gets_no_events() {
        Webhook webhook = webhooks.create(webhook(Samples.ALICE));
        WebhookDelivery delivery = started(QUICK);
        ConversationId id = created(Samples.ALICE);
        awaitDelivered(webhook);
        Webhook other = webhook(Samples.ALICE);
        webhooks.change(Samples.ALICE, webhook.id(), each -> each.withUrl(other.url()).withSecret(other.secret()));
        append(id);
        awaitDelivered(webhook);
        assertThat(receiver.all.getLast().webhook().url()).isEqualTo(other.url());
        assertThat(receiver.all.getLast().webhook().secret()).isEqualTo(other.secret());

        webhooks.remove(Samples.ALICE, webhook.id());
        int before = receiver.all.size();
        append(id);
        TestThreads.await(() -> delivery.claimed() == 0);
        assertThat(receiver.all).hasSize(before);
    }

    @Test
    void more_conversations_than_are_kept_in_memory_are_all_delivered() {
        Webhook webhook = webhooks.create(webhook(Samples.ALICE));
        int count = DeliveryQueue.MAX_WAITING + 1_500;
        for (int n = 0; n < count; n++) {
            created(Samples.ALICE);
        }

        started(QUICK);

        // To ask the store for what is due takes as long as all conversations take, so not while they are delivered.
        TestThreads.await(() -> receiver.all.size() >= count);
        awaitDelivered(webhook);
        assertThat(receiver.accepted()).extracting(WebhookEvent::id).doesNotHaveDuplicates().hasSize(count);
    }
}
