package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.testsupport.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.flywaydb.core.Flyway;

/** The store's own schema with empty conversations in it: what the baseline and the store both begin with. */
final class Seed {
    /** What stands before a text's terms, as the schema says. */
    static final String OWNERS_MARK = "O:" + Chat.OWNER.value();

    private static final String MIGRATION = "classpath:dev/confab/adapter/persistence/jpa/migration";
    private static final String COUNTS = """
            SELECT (SELECT count(*) FROM message), (SELECT sum(message_count) FROM conversation)""";
    private static final String INSERT = """
            INSERT INTO conversation (id, revision, owner_id, metadata, version, message_count, created_at, updated_at, digest,
                                      title_terms)
            VALUES (?, 1, ?, '{}', 1, 0, ?, ?, ?, ARRAY[?])""";

    private Seed() {
    }

    static List<ConversationId> conversations(Database database, Drafts drafts, int count) throws SQLException {
        Flyway.configure().dataSource(database.url(), database.username(), database.password()).locations(MIGRATION)
                .load().migrate();
        var ids = new ArrayList<ConversationId>(count);
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            byte[] digest = HexFormat.of().parseHex(Digest.of("create").build().hex());
            for (int i = 0; i < count; i++) {
                var id = new ConversationId(drafts.nextId());
                OffsetDateTime now = OffsetDateTime.ofInstant(drafts.now(), ZoneOffset.UTC);
                statement.setObject(1, id.value());
                statement.setString(2, Chat.OWNER.value());
                statement.setObject(3, now);
                statement.setObject(4, now);
                statement.setBytes(5, digest);
                statement.setString(6, OWNERS_MARK);
                statement.addBatch();
                ids.add(id);
            }
            statement.executeBatch();
            connection.commit();
        }
        return List.copyOf(ids);
    }

    /**
     * A rate is worth nothing unless everything is there.
     *
     * @throws IllegalStateException the tables have another number of messages
     */
    static void requireMessages(Database database, long appended) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(COUNTS);
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (row.getLong(1) != appended || row.getLong(2) != appended) {
                throw new IllegalStateException(appended + " messages were appended, but " + row.getLong(1)
                        + " are stored, and the heads say " + row.getLong(2));
            }
        }
    }
}
