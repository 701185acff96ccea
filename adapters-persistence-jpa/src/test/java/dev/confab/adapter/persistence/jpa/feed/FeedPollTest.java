package dev.confab.adapter.persistence.jpa.feed;

import static dev.confab.adapter.persistence.jpa.feed.FeedDatabase.NEVER;
import static dev.confab.adapter.persistence.jpa.feed.FeedDatabase.OFTEN;
import static dev.confab.adapter.persistence.jpa.feed.FeedDatabase.hint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ChangeFeed.Hint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One poll after the other over commits that no notification tells of. */
class FeedPollTest {
    private final FeedDatabase database = new FeedDatabase();
    private final List<Hint> found = new ArrayList<>();
    private final FeedPoll poll = new FeedPoll(NEVER, found::add);
    private final ConversationId id = Samples.newConversationId();
    private Connection polling;

    @BeforeEach
    void begin() throws SQLException {
        polling = database.connect();
        poll.begin(polling);
    }

    @AfterEach
    void close() throws SQLException {
        polling.close();
        database.close();
    }

    private List<Hint> poll() throws SQLException {
        found.clear();
        poll.run(polling, () -> true);
        return List.copyOf(found);
    }

    @Test
    void a_commit_without_a_notification_reaches_a_listener() throws SQLException {
        var ear = new RecordingListener();
        database.feed(OFTEN).subscribe(ear);

        database.commit(hint(id, "it's 🎈", 1));
        ear.awaits(hint(id, "it's 🎈", 1));
        database.commit(hint(id, "it's 🎈", 2));
        ear.awaits(hint(id, "it's 🎈", 2));

        assertThat(ear.heard()).hasSize(2);
    }

    @Test
    void a_poll_does_not_repeat_commits_that_a_notification_reported() throws SQLException {
        PostgresFeed feed = database.feed(OFTEN);
        var ear = new RecordingListener();
        feed.subscribe(ear);

        database.commit(hint(id, "o", 1));
        ear.awaits(hint(id, "o", 1));
        try (Connection committing = database.connect()) {
            committing.setAutoCommit(false);
            FeedDatabase.write(committing, hint(id, "o", 2));
            feed.committed(hint(id, "o", 2));
            committing.commit();
        }
        // Polls find in the order of the transactions, so who heard of this one has the second revision behind him.
        Hint later = hint(Samples.newConversationId(), "o", 1);
        database.commit(later);
        ear.awaits(later);

        assertThat(ear.revisions(id)).containsExactly(1L, 2L);
        assertThat(feed.counts().polledRows().sum()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void a_commit_is_found_by_one_poll_and_by_no_other() throws SQLException {
        assertThat(poll()).isEmpty();

        database.commit(hint(id, "o", 1));
        assertThat(poll()).containsExactly(hint(id, "o", 1));
        assertThat(poll()).isEmpty();

        database.commit(hint(id, "o", 2));
        assertThat(poll()).containsExactly(hint(id, "o", 2));
        assertThat(poll()).isEmpty();
    }

    @Test
    void a_transaction_that_was_open_over_two_polls_is_found_once_it_is_committed() throws SQLException {
        ConversationId slow = Samples.newConversationId();
        try (Connection committing = database.connect()) {
            committing.setAutoCommit(false);
            FeedDatabase.write(committing, hint(slow, "o", 1));

            database.commit(hint(id, "o", 1));
            assertThat(poll()).containsExactly(hint(id, "o", 1));
            database.commit(hint(id, "o", 2));
            assertThat(poll()).containsExactly(hint(id, "o", 2));
            assertThat(poll()).isEmpty();

            committing.commit();
        }
        assertThat(poll()).containsExactly(hint(slow, "o", 1));
        assertThat(poll()).isEmpty();
    }

    @Test
    void more_than_a_page_that_one_transaction_wrote_is_found_whole() throws SQLException {
        List<Hint> hints = commitMany(2_500);

        assertThat(poll()).containsExactlyInAnyOrderElementsOf(hints);
        assertThat(poll()).isEmpty();
    }

    @Test
    void pages_follow_the_order_of_the_transactions_ids_and_not_of_their_digits() throws SQLException {
        List<Hint> hints = commitMany(2_500);
        try (Connection connection = database.connect(); var statement = connection.createStatement()) {
            statement.execute("UPDATE conversation SET changed_in = (998000 + revision)::text::xid8");
        }

        assertThat(poll()).containsExactlyElementsOf(hints);
    }

    private List<Hint> commitMany(int conversations) throws SQLException {
        List<Hint> hints = IntStream.rangeClosed(1, conversations)
                .mapToObj(n -> hint(Samples.newConversationId(), "o" + n, n)).toList();
        try (Connection committing = database.connect()) {
            committing.setAutoCommit(false);
            for (Hint hint : hints) {
                FeedDatabase.write(committing, hint);
            }
            committing.commit();
        }
        return hints;
    }

    @Test
    void a_commit_polled_without_listeners_is_not_reported_later() throws SQLException {
        database.commit(hint(id, "o", 1));
        poll.run(polling, () -> false);
        assertThat(found).isEmpty();

        database.commit(hint(id, "o", 2));
        assertThat(poll()).containsExactly(hint(id, "o", 2));
    }

    @Test
    void a_listener_that_subscribes_during_a_poll_without_listeners_misses_no_commit() throws SQLException {
        poll.run(polling, () -> {
            try {
                database.commit(hint(id, "o", 1));
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            return false;
        });

        assertThat(poll()).containsExactly(hint(id, "o", 1));
    }

    @Test
    void on_a_new_connection_a_poll_is_due_and_looks_back_too() throws SQLException {
        assertThat(poll.millisUntilDue()).isPositive();
        database.commit(hint(id, "o", 1));
        poll();

        try (Connection other = database.connect()) {
            poll.begin(other);
            assertThat(poll.millisUntilDue()).isNotPositive();
            found.clear();
            poll.run(other, () -> true);
        }

        assertThat(found).containsExactly(hint(id, "o", 1));
    }

    /** A standby that took over was behind: the same transaction ids are given out again. */
    @Test
    void after_the_transaction_ids_went_back_the_poll_starts_from_the_current_ones() throws SQLException {
        var rewinding = new FeedPoll(NEVER, found::add);
        try (Connection ahead = database.connect(); var statement = ahead.createStatement()) {
            statement.execute("CREATE SCHEMA ahead");
            statement.execute("""
                    CREATE FUNCTION ahead.pg_current_snapshot() RETURNS pg_snapshot LANGUAGE sql AS
                    $$ SELECT '1000000000:1000000000:'::pg_snapshot $$""");
            statement.execute("SET search_path = ahead, pg_catalog, public");
            rewinding.begin(ahead);
        }
        database.commit(hint(id, "o", 1));

        rewinding.begin(polling);
        rewinding.run(polling, () -> true);

        assertThat(found).containsExactly(hint(id, "o", 1));
    }
}
