package dev.confab.adapter.persistence.jpa;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.jpa.read.JpaConversationReads;
import dev.confab.adapter.persistence.jpa.row.HibernateMapping;
import dev.confab.adapter.persistence.jpa.row.MetadataJson;
import dev.confab.adapter.persistence.jpa.row.TermsColumn;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.testsupport.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.hibernate.SessionFactory;

/** A database with the tables, to be written by plain JDBC and read by what is under test. */
public record TestStore(Database database, Connections connections, SessionFactory sessions,
        JpaConversationReads reads) implements AutoCloseable {

    public static TestStore open() {
        Database database = EmptyDatabases.make();
        return open(database, settings(database));
    }

    /** @param database with the tables, as {@link EmptyDatabases} makes it */
    public static TestStore open(Database database, JpaStoreSettings settings) {
        Connections connections = connections(settings);
        SessionFactory sessions = HibernateMapping.create(connections.reads());
        return new TestStore(database, connections, sessions, new JpaConversationReads(sessions));
    }

    /** Tries again while a slow machine takes longer to connect than the settings allow. */
    private static Connections connections(JpaStoreSettings settings) {
        return Awaitility.await().atMost(TestThreads.DEADLINE).pollDelay(Duration.ZERO)
                .ignoreException(PoolInitializationException.class)
                .until(() -> Connections.open(settings), Objects::nonNull);
    }

    public static JpaStoreSettings settings(Database database) {
        return settings(database, JpaStoreSettings.of("", "", "").lockTimeout());
    }

    /** With few connections: to open those of the defaults takes the server longer than most tests take. */
    public static JpaStoreSettings settings(Database database, Duration lockTimeout) {
        var usual = JpaStoreSettings.of(database.url(), database.username(), database.password());
        return new JpaStoreSettings(usual.url(), usual.username(), usual.password(), 4, 3, lockTimeout,
                usual.statementTimeout(), usual.rememberedHeads(), usual.notifyEvery(), usual.pollEvery());
    }

    public void execute(String sql, Object... parameters) {
        execute(connections.writes(), sql, parameters);
    }

    public static void execute(DataSource database, String sql, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            statement.execute();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    public void insert(Conversation head, List<Message> messages) {
        insert(head);
        insert(head.id(), head.owner(), messages);
    }

    private void insert(Conversation head) {
        execute("""
                INSERT INTO conversation (id, revision, owner_id, title, metadata, version, message_count, created_at,
                    updated_at, deleted_at, forked_from_conversation, forked_from_message, digest, title_terms)
                VALUES (?, 1, ?, ?, CAST(? AS jsonb), ?, ?, ?, ?, ?, ?, ?, ?, ?)""", head.id().value(),
                head.owner().value(), head.title().map(Title::value), MetadataJson.write(head.metadata()),
                head.version().value(), head.messageCount(), head.createdAt(), head.updatedAt(), head.deletedAt(),
                head.origin().map(Origin::conversationId).map(ConversationId::value),
                head.origin().map(origin -> origin.messageId().value()), HexFormat.of().parseHex(head.digest().hex()),
                TermsColumn.of(head.owner(), head.title().map(Title::value).orElse("")));
    }

    private void insert(ConversationId id, OwnerId owner, List<Message> messages) {
        try (Connection connection = connections.writes().getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO message (conversation_id, position, id, role, text, data, metadata, created_at,
                            edited_at, version, digest, weight, terms)
                        VALUES (?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?, ?, ?, ?, ?)""")) {
            for (Message message : messages) {
                bind(insert, id.value(), message.position(), message.id().value(), message.role().name(),
                        message.text(), message.data(), MetadataJson.write(message.metadata()), message.createdAt(),
                        message.editedAt(), message.version().value(),
                        HexFormat.of().parseHex(message.digest().hex()), message.weight(),
                        TermsColumn.of(owner, message.text()));
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i] instanceof Optional<?> optional ? optional.orElse(null) : parameters[i];
            statement.setObject(i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        }
    }

    @Override
    public void close() {
        try (database; connections; sessions) {
            // All are closed, the last one first.
        }
    }
}
