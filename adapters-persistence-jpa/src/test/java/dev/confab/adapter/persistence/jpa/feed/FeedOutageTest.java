package dev.confab.adapter.persistence.jpa.feed;

import static dev.confab.adapter.persistence.jpa.feed.FeedDatabase.NEVER;
import static dev.confab.adapter.persistence.jpa.feed.FeedDatabase.OFTEN;
import static dev.confab.adapter.persistence.jpa.feed.FeedDatabase.hint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ChangeFeed.Hint;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Connections die and the server goes: hints come late, none is missing. */
@Isolated("It restarts the server that all tests use.")
class FeedOutageTest {
    @AutoClose
    private final FeedDatabase database = new FeedDatabase();
    private final RecordingListener ear = new RecordingListener();
    private final ConversationId id = Samples.newConversationId();

    @Test
    void when_the_listening_connection_dies_during_commits_the_last_of_each_conversation_is_reported() {
        PostgresFeed here = database.feed(NEVER);
        PostgresFeed there = database.feed(NEVER);
        there.subscribe(ear);
        List<ConversationId> ids = Stream.generate(Samples::newConversationId).limit(20).toList();
        var over = new AtomicBoolean();
        var committing = TestThreads.start(() -> {
            long revision = 0;
            try (Connection connection = database.connect()) {
                while (!over.get()) {
                    revision++;
                    for (ConversationId conversation : ids) {
                        FeedDatabase.write(connection, hint(conversation, "o", revision));
                        here.committed(hint(conversation, "o", revision));
                    }
                }
            }
            return revision;
        });

        for (int round = 1; round <= 5; round++) {
            TestThreads.await(this::terminateListeners);
            int dead = round;
            TestThreads.await(() -> there.counts().reconnects().sum() >= dead);
        }
        over.set(true);

        long last = TestThreads.get(committing, TestThreads.DEADLINE);
        // Not in order: the poll of a reconnect tells of a commit before the notifications of earlier ones arrive.
        ids.forEach(conversation -> ear.awaits(hint(conversation, "o", last)));
    }

    @Test
    void commits_without_a_listening_connection_are_reported_at_the_reconnect_without_a_later_poll() {
        PostgresFeed there = database.feed(NEVER);
        there.subscribe(ear);
        // No notification is sent of this one.
        TestThreads.await(() -> {
            commit(hint(id, "o", 1));
            return terminateListeners();
        });

        ear.awaits(hint(id, "o", 1));
    }

    @Test
    void a_listening_connection_that_dies_in_silence_is_noticed_and_made_again() throws IOException {
        TestPostgres server = TestPostgres.shared();
        try (var proxy = new SilencingProxy(server.host(), server.port())) {
            PostgresFeed there = database.feedThrough(proxy);
            there.subscribe(ear);

            proxy.silence();
            commit(hint(id, "o", 1));

            ear.awaits(hint(id, "o", 1));
            TestThreads.await(() -> there.counts().reconnects().sum() >= 1);
        }
    }

    @Test
    void when_the_notifying_connection_dies_the_next_notifications_go_over_another() throws SQLException {
        PostgresFeed here = database.feed(NEVER);
        database.feed(NEVER).subscribe(ear);
        here.committed(hint(id, "o", 1));
        ear.awaits(hint(id, "o", 1));

        TestThreads.await(() -> terminate("SELECT pg_notify") > 0);
        here.committed(hint(id, "o", 2));

        ear.awaits(hint(id, "o", 2));
        // The reconnection is counted after the notification is sent, and so perhaps after it is heard.
        TestThreads.await(() -> here.counts().reconnects().sum() > 0);
        assertThat(here.counts().reconnects().sum()).isEqualTo(1);
        assertThat(here.counts().hintsDropped().sum()).isZero();
    }

    /**
     * The ids of transactions that a crash undid are used again. Such transactions are made here until the server crashes, so that
     * the poll's last snapshot is ahead of the ids the server then goes on with.
     */
    @Test
    void a_commit_after_a_crash_of_the_server_is_reported_though_its_transaction_id_was_seen_before() {
        PostgresFeed there = database.feed(OFTEN);
        there.subscribe(ear);
        var burning = TestThreads.start(() -> {
            try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
                while (TestThreads.noneFailed()) {
                    statement.execute("BEGIN; SELECT pg_current_xact_id(); ROLLBACK");
                }
            } catch (SQLException crashed) {
                return true;
            }
            return false;
        });
        commit(hint(Samples.newConversationId(), "o", 1));
        TestThreads.await(() -> !ear.heard().isEmpty());

        TestPostgres.shared().restartImmediately();
        commit(hint(id, "o", 1));

        ear.awaits(hint(id, "o", 1));
        assertThat(TestThreads.get(burning, TestThreads.DEADLINE)).isTrue();
    }

    private boolean terminateListeners() {
        return terminate("LISTEN") + terminate("SELECT pg_current_snapshot") + terminate("SELECT id") > 0;
    }

    private int terminate(String statement) {
        try {
            return database.terminate(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void commit(Hint hint) {
        try {
            database.commit(hint);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
