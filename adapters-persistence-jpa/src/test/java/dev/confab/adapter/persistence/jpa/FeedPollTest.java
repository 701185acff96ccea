package dev.confab.adapter.persistence.jpa;

import static dev.confab.adapter.persistence.jpa.FeedDatabase.NEVER;
import static dev.confab.adapter.persistence.jpa.FeedDatabase.OFTEN;
import static dev.confab.adapter.persistence.jpa.FeedDatabase.hint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.Samples;
import dev.confab.adapter.persistence.contract.Together;
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
    void a_commit_no_notification_told_of_reaches_a_listener() throws SQLException {
        var ear = new Ear();
        database.feed(OFTEN).subscribe(ear);

        database.commit(hint(id, "it's 🎈", 1));
        ear.awaits(hint(id, "it's 🎈", 1));
        database.commit(hint(id, "it's 🎈", 2));
        ear.awaits(hint(id, "it's 🎈", 2));

        assertThat(ear.heard()).hasSize(2);
    }

    @Test
    void what_a_notification_told_of_no_poll_tells_again() throws SQLException {
        PostgresFeed feed = database.feed(OFTEN);
        var ear = new Ear();
        feed.subscribe(ear);

        database.commit(hint(id, "o", 1));
        ear.awaits(hint(id, "o", 1));
        try (Connection committing = database.connect()) {
            committing.setAutoCommit(false);
            FeedDatabase.write(committing, hint(id, "o", 2));
            feed.committed(hint(id, "o", 2));
            committing.commit();
        }
        Together.await(() -> feed.counts().polledRows().sum() == 2);
        database.commit(hint(id, "o", 3));
        ear.awaits(hint(id, "o", 3));

        assertThat(ear.revisions(id)).containsExactly(1L, 2L, 3L);
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
    void more_than_a_page_is_found_whole_also_when_one_transaction_wrote_it() throws SQLException {
        List<Hint> hints = IntStream.rangeClosed(1, 2_500)
                .mapToObj(n -> hint(Samples.newConversationId(), "o" + n, 1)).toList();
        try (Connection committing = database.connect()) {
            for (int n = 0; n < 100; n++) {
                FeedDatabase.write(committing, hints.get(n));
            }
            committing.setAutoCommit(false);
            for (int n = 100; n < 2_500; n++) {
                FeedDatabase.write(committing, hints.get(n));
            }
            committing.commit();
        }

        assertThat(poll()).containsExactlyInAnyOrderElementsOf(hints);
        assertThat(poll()).isEmpty();
    }

    @Test
    void what_no_one_wanted_to_know_is_let_be() throws SQLException {
        database.commit(hint(id, "o", 1));
        poll.run(polling, () -> false);
        assertThat(found).isEmpty();

        database.commit(hint(id, "o", 2));
        assertThat(poll()).containsExactly(hint(id, "o", 2));
    }

    @Test
    void who_subscribes_while_a_poll_that_no_one_wants_is_under_way_misses_nothing() throws SQLException {
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
}
