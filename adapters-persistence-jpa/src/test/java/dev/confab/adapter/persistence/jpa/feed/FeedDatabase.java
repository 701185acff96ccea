package dev.confab.adapter.persistence.jpa.feed;

import dev.confab.adapter.persistence.jpa.EmptyDatabases;
import dev.confab.adapter.persistence.jpa.Connections;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.database.Schema;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Hint;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A database with Confab's tables, the feeds of several instances over it, and a writer that tells no one. */
final class FeedDatabase implements AutoCloseable {
    /** A poll that no test lives to see. */
    static final Duration NEVER = Duration.ofHours(1);
    /** A poll that a test need not wait for long. */
    static final Duration OFTEN = Duration.ofMillis(20);

    private final Database database = EmptyDatabases.make();
    private final List<PostgresFeed> feeds = new ArrayList<>();

    FeedDatabase() {
        Schema.migrate(Connections.unpooled(settings(database.url(), Duration.ofSeconds(5))));
    }

    PostgresFeed feed(Duration pollEvery) {
        return feed(pollEvery, Duration.ofMillis(5));
    }

    PostgresFeed feed(Duration pollEvery, Duration notifyEvery) {
        return feed(settings(database.url(), Duration.ofSeconds(5)), pollEvery, notifyEvery);
    }

    /** A feed that reaches the server through a proxy, and gives a statement up after a second or two. */
    PostgresFeed feedThrough(SilencingProxy proxy) {
        TestPostgres server = TestPostgres.shared();
        String url = database.url().replace(server.host() + ":" + server.port(), proxy.address());
        return feed(settings(url, Duration.ofMillis(500)), OFTEN, Duration.ofMillis(5));
    }

    private PostgresFeed feed(JpaStoreSettings settings, Duration pollEvery, Duration notifyEvery) {
        PostgresFeed feed = PostgresFeed.open(Connections.ofFeed(settings), notifyEvery, pollEvery);
        feeds.add(feed);
        return feed;
    }

    private JpaStoreSettings settings(String url, Duration statementTimeout) {
        return new JpaStoreSettings(url, database.username(), database.password(), 1, 1, Duration.ofSeconds(3),
                statementTimeout, 0, OFTEN, OFTEN);
    }

    Connection connect() throws SQLException {
        return database.connect();
    }

    /** Brings a conversation to a revision in a transaction of its own. */
    void commit(Hint change) throws SQLException {
        try (Connection connection = connect()) {
            write(connection, change);
        }
    }

    static void write(Connection connection, Hint change) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO conversation (id, revision, owner_id, metadata, version, message_count, created_at,
                    updated_at, digest, title_terms)
                VALUES (?, ?, ?, '{}', 1, 0, now(), now(), sha256('x'), '{}')
                ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, changed_in = pg_current_xact_id()""")) {
            upsert.setObject(1, change.conversation().value());
            upsert.setLong(2, change.revision());
            upsert.setString(3, change.owner().value());
            upsert.executeUpdate();
        }
    }

    /**
     * Ends all connections of the database that do or did the given statement last, and says how many there were. Returns when they
     * have ended: one that was only asked to end might still take the next statement.
     */
    int terminate(String statement) throws SQLException {
        try (Connection connection = connect(); PreparedStatement kill = connection.prepareStatement("""
                SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'confab-feed' AND query LIKE ?""")) {
            kill.setString(1, statement + "%");
            try (ResultSet killed = kill.executeQuery()) {
                killed.next();
                return killed.getInt(1);
            }
        }
    }

    /** How many connections feeds have. */
    int connections() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND application_name = 'confab-feed'""")) {
            count.next();
            return count.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static Hint hint(ConversationId id, String owner, long revision) {
        return new Hint(id, new OwnerId(owner), revision);
    }

    @Override
    public void close() {
        feeds.forEach(PostgresFeed::close);
        database.close();
    }
}
