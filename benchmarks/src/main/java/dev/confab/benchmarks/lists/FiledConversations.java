package dev.confab.benchmarks.lists;

import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Clients;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.query.ListQuery;
import dev.confab.testsupport.postgres.Database;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Many empty conversations of one owner: every fourth is archived, 20 of each 100,000 are pinned, a third has the label {@code work}, ten of
 * each 100,000 have the label {@code rare}, and each has one of ten values of {@code kind} and a {@code customer} with five conversations.
 */
record FiledConversations(int count) {
    private static final int WRITERS = 64;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Digest DIGEST = Digest.of("create").build();

    /** Where the middle of the list is. */
    ListQuery.Key middle() {
        return new ListQuery.Key(time(count / 2), id(count / 2));
    }

    /** Through the store, many at once. */
    void startOn(ConversationStore store) throws IOException, InterruptedException {
        Clients.run(WRITERS, writer -> {
            for (int number = writer; number < count; number += WRITERS) {
                start(store, number);
            }
        });
    }

    private static void start(ConversationStore store, int number) {
        ConversationId id = id(number);
        Instant now = time(number);
        var metadata = new Metadata(Map.of("kind", "k" + number % 10, "customer", "c" + number % 20_000));
        var labels = new TreeSet<String>();
        if (number % 3 == 0) {
            labels.add("work");
        }
        if (number % 10_000 == 77) {
            labels.add("rare");
        }
        var filing = new Filing(number % 5_000 == 4_999, number % 4 == 1, labels);
        store.transact(id, tx -> {
            tx.record(Conversation.start(id, Chat.OWNER, Optional.empty(), metadata, DIGEST, now));
            tx.conversation().file(filing, now).ifPresent(tx::record);
            return number;
        });
    }

    /** The same rows in one statement: a store that commits each of them durably would take many minutes. */
    void insertInto(Database database) {
        var client = JdbcClient
                .create(new DriverManagerDataSource(database.url(), database.username(), database.password()));
        client.sql(
                """
                        INSERT INTO conversation (id, revision, owner_id, metadata, version, message_count, created_at, updated_at,
                            digest, title_terms, pinned, archived, labels)
                        SELECT id, 1, :owner, jsonb_build_object('kind', 'k' || n % 10, 'customer', 'c' || n % 20000), 2, 0,
                            at, at, :digest, ARRAY['O:' || :owner], n % 5000 = 4999, n % 4 = 1,
                            array_remove(ARRAY[CASE WHEN n % 10000 = 77 THEN 'rare' END, CASE WHEN n % 3 = 0 THEN 'work' END], NULL)
                        FROM (SELECT id, ordinal - 1 AS n, :first + (ordinal - 1) * interval '1 millisecond' AS at
                              FROM unnest(:ids) WITH ORDINALITY AS numbered (id, ordinal)) AS made""")
                .param("owner", Chat.OWNER.value())
                .param("first", OffsetDateTime.ofInstant(FIRST, ZoneOffset.UTC))
                .param("digest", HexFormat.of().parseHex(DIGEST.hex()))
                .param("ids", new SqlArrayValue("uuid",
                        IntStream.range(0, count).mapToObj(number -> id(number).value()).toArray()))
                .update();
        client.sql("ANALYZE conversation").update();
    }

    private static Instant time(int number) {
        return FIRST.plusMillis(number);
    }

    /** A UUID of version 7 of that time. */
    private static ConversationId id(int number) {
        long mixed = number * 0x9E3779B97F4A7C15L;
        return new ConversationId(new UUID(time(number).toEpochMilli() << 16 | 0x7000 | mixed >>> 52,
                Long.MIN_VALUE | mixed >>> 2));
    }
}
