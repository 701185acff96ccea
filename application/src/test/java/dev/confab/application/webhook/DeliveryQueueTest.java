package dev.confab.application.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.ConversationId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The queue of one webhook's deliveries, and the pauses between attempts. */
class DeliveryQueueTest {

    @Test
    void the_pauses_grow_to_six_hours_and_differ_by_a_fifth() {
        var backoff = new Backoff(Duration.ofSeconds(5));
        assertThat(backoff.after(1, "a")).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
        assertThat(backoff.after(2, "a")).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
        assertThat(backoff.after(9, "a")).isBetween(Duration.ofMinutes(288), Duration.ofMinutes(432));
        assertThat(backoff.after(1_000, "a")).isBetween(Duration.ofMinutes(288), Duration.ofMinutes(432));
        var seen = new HashSet<Duration>();
        var seeds = new AtomicInteger();
        TestThreads.await(() -> {
            seen.add(backoff.after(1, seeds.incrementAndGet()));
            return seen.size() > 20;
        });
    }

    @Test
    void a_receiver_that_asks_to_wait_is_not_called_meanwhile() {
        var queue = new DeliveryQueue(8, new Backoff(Duration.ofMillis(1)));
        ConversationId one = Samples.newConversationId();
        ConversationId two = Samples.newConversationId();
        queue.scanned(Optional.empty(), List.of(one), 10);
        assertThat(take(queue)).isEqualTo(new DeliveryQueue.Work.Deliver(one));
        queue.failed(one, false, Optional.of(Duration.ofHours(1)));
        queue.hint(two);

        var waiting = TestThreads.start(queue::take);
        assertThat(waiting.isDone()).isFalse();
        queue.stop();
        assertThat(TestThreads.get(waiting, TestThreads.DEADLINE)).isEqualTo(new DeliveryQueue.Work.Stop());
    }

    @Test
    void a_hint_during_a_delivery_makes_the_conversation_due_again() {
        var queue = new DeliveryQueue(8, new Backoff(Duration.ofMillis(1)));
        ConversationId id = Samples.newConversationId();
        queue.scanned(Optional.empty(), List.of(id), 10);
        assertThat(take(queue)).isEqualTo(new DeliveryQueue.Work.Deliver(id));
        queue.hint(id);
        queue.done(id, false, true);

        assertThat(take(queue)).isEqualTo(new DeliveryQueue.Work.Deliver(id));
        queue.done(id, false, true);
        assertThat(queue.running()).isZero();
    }

    @Test
    void a_hint_that_finds_no_room_makes_a_scan_due() {
        var queue = new DeliveryQueue(8, new Backoff(Duration.ofMillis(1)));
        queue.scanned(Optional.empty(), List.of(), 10);
        for (int n = 0; n <= DeliveryQueue.MAX_WAITING; n++) {
            queue.hint(Samples.newConversationId());
        }
        for (int n = 0; n < DeliveryQueue.MAX_WAITING / 2; n++) {
            queue.done(((DeliveryQueue.Work.Deliver) take(queue)).conversation(), false, true);
        }

        assertThat(take(queue)).isEqualTo(new DeliveryQueue.Work.Scan(Optional.empty()));
    }

    private static DeliveryQueue.Work take(DeliveryQueue queue) {
        return TestThreads.get(TestThreads.start(queue::take), TestThreads.DEADLINE);
    }
}
