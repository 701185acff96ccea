package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.testsupport.postgres.Database;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** The store's own schema with empty conversations: the initial data of the baseline and of the store. */
final class Seed {
    /** The first of a text's terms, as the schema defines. */
    static final String OWNERS_MARK = "O:" + Chat.OWNER.value();

    private static final String MIGRATION = "classpath:dev/confab/adapter/persistence/jpa/migration";

    private Seed() {
    }

    static List<ConversationId> conversations(Database database, Drafts drafts, int count) {
        Flyway.configure().dataSource(database.url(), database.username(), database.password()).locations(MIGRATION)
                .load().migrate();
        List<UUID> ids = Stream.generate(drafts::nextId).limit(count).toList();
        Databases.client(database)
                .sql("""
                        INSERT INTO conversation (id, revision, owner_id, metadata, version, message_count, created_at, updated_at,
                                                  digest, title_terms)
                        SELECT id, 1, :owner, '{}', 1, 0, :now, :now, :digest, ARRAY[:mark]
                        FROM unnest(:ids) AS id""")
                .param("owner", Chat.OWNER.value())
                .param("now", OffsetDateTime.ofInstant(drafts.now(), ZoneOffset.UTC))
                .param("digest", HexFormat.of().parseHex(Digest.of("create").build().hex()))
                .param("mark", OWNERS_MARK)
                .param("ids", new SqlArrayValue("uuid", ids.toArray()))
                .update();
        return ids.stream().map(ConversationId::new).toList();
    }

    /**
     * Checks that the tables hold every message and that the heads count them; otherwise a rate means nothing.
     *
     * @throws IllegalStateException if the numbers differ
     */
    static void requireMessages(Database database, long appended) {
        List<@Nullable Long> stored = Databases.client(database).sql("""
                SELECT count(*) FROM message UNION ALL SELECT sum(message_count) FROM conversation""")
                .query(Long.class).list();
        if (!stored.equals(List.of(appended, appended))) {
            throw new IllegalStateException(
                    appended + " messages were appended, but the numbers of rows and in the heads are " + stored);
        }
    }
}
