package dev.confab.adapter.persistence.jpa.feed;

import static dev.confab.adapter.persistence.jpa.feed.FeedDatabase.hint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.ConversationId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PendingHintsTest {
    private final ConversationId id = Samples.newConversationId();

    @Test
    void the_highest_revision_of_a_conversation_is_taken_once() throws InterruptedException {
        var pending = new PendingHints(Duration.ZERO);

        pending.add(hint(id, "o", 6));
        pending.add(hint(id, "o", 7));
        pending.add(hint(id, "o", 5));

        assertThat(pending.take()).containsExactly(hint(id, "o", 7));
    }

    @Test
    void a_conversation_created_again_after_a_purge_is_reported_as_it_is() throws InterruptedException {
        var pending = new PendingHints(Duration.ZERO);

        pending.add(hint(id, "o", 7));
        pending.add(hint(id, "p", 1));
        pending.add(hint(id, "p", 2));

        assertThat(pending.take()).containsExactly(hint(id, "p", 2));
    }

    @Test
    void when_it_is_full_only_conversations_that_are_in_it_already_are_taken_up() throws InterruptedException {
        var pending = new PendingHints(Duration.ZERO);
        pending.add(hint(id, "o", 1));
        for (int n = 1; n < PendingHints.MAX_CONVERSATIONS; n++) {
            assertThat(pending.add(hint(Samples.newConversationId(), "o", 1))).isTrue();
        }

        assertThat(pending.add(hint(Samples.newConversationId(), "o", 1))).isFalse();
        assertThat(pending.add(hint(id, "o", 2))).isTrue();
        assertThat(pending.take()).hasSize(PendingHints.MAX_CONVERSATIONS).contains(hint(id, "o", 2));
    }

    @Test
    void the_first_notification_is_sent_at_once_and_the_close_sends_the_others() throws InterruptedException {
        var pending = new PendingHints(Duration.ofHours(1));
        pending.add(hint(id, "o", 1));
        assertThat(pending.take()).containsExactly(hint(id, "o", 1));

        pending.add(hint(id, "o", 2));
        var second = TestThreads.start(pending::take);
        pending.close();

        assertThat(TestThreads.get(second, TestThreads.DEADLINE)).containsExactly(hint(id, "o", 2));
        assertThat(pending.add(hint(id, "o", 3))).isFalse();
        assertThat(pending.take()).isEmpty();
    }
}
