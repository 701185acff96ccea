package dev.confab.adapter.persistence.jpa.feed;

import static dev.confab.adapter.persistence.jpa.feed.FeedDatabase.NEVER;
import static dev.confab.adapter.persistence.jpa.feed.FeedDatabase.OFTEN;
import static dev.confab.adapter.persistence.jpa.feed.FeedDatabase.hint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.jpa.Connections;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ChangeFeed.Hint;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The way of the notifications; no poll comes to their help. */
class PostgresFeedTest {
    @AutoClose
    private final FeedDatabase database = new FeedDatabase();
    private final PostgresFeed here = database.feed(NEVER);
    private final PostgresFeed there = database.feed(NEVER);
    private final ConversationId id = Samples.newConversationId();
    private final RecordingListener ear = new RecordingListener();

    @Test
    void a_commit_of_this_instance_is_reported_at_once_and_once() {
        here.subscribe(ear);

        here.committed(hint(id, "o", 1));
        assertThat(ear.heard()).containsExactly(hint(id, "o", 1));

        there.committed(hint(id, "o", 2));
        ear.awaits(hint(id, "o", 2));
        assertThat(ear.heard()).containsExactly(hint(id, "o", 1), hint(id, "o", 2));
    }

    @Test
    void another_instance_reports_commits_in_order() {
        there.subscribe(ear);

        for (long revision = 1; revision <= 50; revision++) {
            Hint hint = hint(id, "o", revision);
            here.committed(hint);
            ear.awaits(hint);
        }

        assertThat(ear.heard()).extracting(Hint::revision)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
    }

    @Test
    void an_owner_of_any_characters_arrives_as_it_is() {
        there.subscribe(ear);
        List<Hint> hints = List.of(hint(id, "it's \"$1\" \\ %s ; --\n", 1), hint(id, "🎈".repeat(100), 2),
                hint(id, "\uFFFF".repeat(200), 3));

        for (Hint hint : hints) {
            here.committed(hint);
            ear.awaits(hint);
        }

        assertThat(ear.heard()).isEqualTo(hints);
    }

    @Test
    void many_commits_on_one_conversation_share_few_notifications_and_the_last_is_reported() {
        PostgresFeed busy = database.feed(NEVER, Duration.ofMillis(50));
        there.subscribe(ear);

        for (long revision = 1; revision <= 1_000; revision++) {
            busy.committed(hint(id, "o", revision));
        }

        ear.awaits(hint(id, "o", 1_000));
        assertThat(ear.revisions(id)).isSorted().hasSizeLessThan(100);
        assertThat(busy.counts().notificationsSent().sum()).isLessThan(100);
        assertThat(there.counts().hintsReceived().sum()).isEqualTo(ear.heard().size());
    }

    @Test
    void commits_on_many_conversations_share_payloads_and_all_are_reported() {
        there.subscribe(ear);
        List<Hint> hints = LongStream.rangeClosed(1, 2_000)
                .mapToObj(revision -> hint(Samples.newConversationId(), "o".repeat(200), revision)).toList();

        hints.forEach(here::committed);

        TestThreads.await(() -> ear.heard().size() >= 2_000);
        assertThat(ear.heard()).containsExactlyInAnyOrderElementsOf(hints);
        assertThat(here.counts().notificationsSent().sum()).isLessThan(1_000);
    }

    @Test
    void a_purge_is_reported_by_its_notification_and_so_is_a_new_conversation_with_its_id() {
        there.subscribe(ear);
        here.committed(hint(id, "o", 7));
        ear.awaits(hint(id, "o", 7));

        here.committed(hint(id, "o", 8));
        ear.awaits(hint(id, "o", 8));
        here.committed(hint(id, "p", 1));

        ear.awaits(hint(id, "p", 1));
    }

    @Test
    void a_listener_that_throws_keeps_neither_the_committer_nor_the_other_listeners_from_theirs() {
        for (PostgresFeed feed : List.of(here, there)) {
            feed.subscribe(_ -> {
                throw new IllegalStateException("planted");
            });
            feed.subscribe(ear);
        }

        here.committed(hint(id, "o", 1));
        TestThreads.await(() -> ear.heard().size() == 2);
        here.committed(hint(id, "o", 2));
        TestThreads.await(() -> ear.heard().size() == 4);
    }

    @Test
    void a_listener_in_another_instance_that_takes_its_time_holds_up_no_committer() {
        var called = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        there.subscribe(_ -> {
            called.countDown();
            TestThreads.await(released);
        });
        here.subscribe(ear);

        here.committed(hint(id, "o", 1));
        TestThreads.await(called);
        here.committed(hint(id, "o", 2));
        released.countDown();

        assertThat(ear.heard()).hasSize(2);
    }

    @Test
    void a_closed_subscription_gets_no_more_hints() {
        var other = new RecordingListener();
        var subscription = there.subscribe(other);
        there.subscribe(ear);
        here.committed(hint(id, "o", 1));
        ear.awaits(hint(id, "o", 1));

        subscription.close();
        here.committed(hint(id, "o", 2));
        ear.awaits(hint(id, "o", 2));

        assertThat(other.heard()).containsExactly(hint(id, "o", 1));
    }

    @Test
    void a_foreign_notification_on_the_channel_is_ignored() throws SQLException {
        there.subscribe(ear);

        try (var connection = database.connect(); var statement = connection.createStatement()) {
            statement.execute("NOTIFY confab_changes, '2 from the future'");
        }
        here.committed(hint(id, "o", 1));

        ear.awaits(hint(id, "o", 1));
        assertThat(ear.heard()).hasSize(1);
    }

    @Test
    void the_close_sends_pending_notifications_and_leaves_no_connection() {
        PostgresFeed slow = database.feed(NEVER, Duration.ofHours(1));
        there.subscribe(ear);
        slow.committed(hint(id, "o", 1));
        ear.awaits(hint(id, "o", 1));
        slow.committed(hint(id, "o", 2));
        TestThreads.await(() -> database.connections() == 6);

        slow.close();

        ear.awaits(hint(id, "o", 2));
        TestThreads.await(() -> database.connections() == 4);
        slow.committed(hint(id, "o", 3));
        slow.close();
    }

    @Test
    void without_a_database_no_feed_is_opened() {
        var nowhere = JpaStoreSettings.of("jdbc:postgresql://localhost:1/none", "nobody", "none");

        assertThatThrownBy(() -> PostgresFeed.open(Connections.ofFeed(nowhere), OFTEN, OFTEN))
                .isInstanceOf(StorageUnavailable.class);
    }
}
