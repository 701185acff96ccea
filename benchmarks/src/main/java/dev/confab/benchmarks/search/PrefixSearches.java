package dev.confab.benchmarks.search;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreObserver;
import dev.confab.adapter.persistence.file.FileStoreSettings;
import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.Scratch;
import dev.confab.benchmarks.harness.Texts;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.query.SearchQuery;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How long a page of hits takes, of frequent and of rare words and prefixes. */
public final class PrefixSearches {
    private static final int PAGE = 20;
    private static final int WORDS = 25;
    private static final int IN_A_CONVERSATION = 1_000;
    private static final double TARGET_MILLIS = 200;
    private static final String FREQUENT = Texts.word(0);
    private static final String RARE = Texts.word(49_000);

    private final ConversationReader reader;
    private final int calls;

    private PrefixSearches(ConversationReader reader, int calls) {
        this.reader = reader;
        this.calls = calls;
    }

    /** Measures so many searches of each kind, after as many that are not measured. */
    public static void run(int messages, int calls) throws IOException, InterruptedException {
        try (var scratch = Scratch.make();
                var files = FileStore.open(patient(scratch.resolve("data")), new FileStoreObserver() {
                })) {
            append(files, messages);
            new PrefixSearches(files.reader(), calls).measure("files", messages);
        }
        try (Database database = TestPostgres.shared().newDatabase();
                var postgres = JpaStore.open(
                        JpaStoreSettings.of(database.url(), database.username(), database.password()),
                        WriteObserver.NONE)) {
            append(postgres, messages);
            var client = JdbcClient
                    .create(new DriverManagerDataSource(database.url(), database.username(), database.password()));
            // As autovacuum would by and by.
            client.sql("VACUUM ANALYZE message").update();
            new PrefixSearches(postgres.reader(), calls).measure("PostgreSQL", messages);
            client.sql("""
                    SELECT relname || ' ' || pg_size_pretty(pg_relation_size(oid)) FROM pg_class
                    WHERE relname = 'message' OR relkind = 'i' AND relname LIKE 'message\\_%' ORDER BY relname""")
                    .query(String.class).list().forEach(size -> System.out.println("  " + size));
        }
    }

    /** With a lock timeout that is longer than a checkpoint on a busy disk. */
    private static FileStoreSettings patient(Path directory) {
        var usual = FileStoreSettings.of(directory);
        return new FileStoreSettings(directory, Duration.ofMinutes(2), usual.checkpointBytes(), usual.idleCheckpoint(),
                usual.cacheBytes(), usual.salvage());
    }

    /** A thousand messages in a commit, each a millisecond later than the one before. */
    private static void append(ConversationStore store, int messages) {
        var drafts = new Drafts(0);
        var random = new SplittableRandom(1);
        long start = System.nanoTime();
        for (int done = 0; done < messages; done += IN_A_CONVERSATION) {
            var id = new ConversationId(drafts.nextId());
            store.transact(id, tx -> {
                tx.record(Conversation.start(id, Chat.OWNER, Optional.empty(), Metadata.EMPTY,
                        Digest.of("create").build(), drafts.now()));
                for (int i = 0; i < IN_A_CONVERSATION; i++) {
                    tx.record(tx.conversation().append(drafts.draft(random, WORDS), drafts.now()));
                }
                return id;
            });
        }
        System.out.printf(Locale.ROOT, "%nappended %,d messages in %.1f s%n", messages,
                (System.nanoTime() - start) / 1e9);
    }

    private void measure(String store, int messages) throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%s: %,d messages of %d words; %d pages of %d each%n", store, messages, WORDS,
                calls, PAGE);
        for (String prefix : List.of(RARE.substring(0, 2), RARE.substring(0, 3), RARE.substring(0, 4),
                RARE.substring(0, 5), RARE, "xx", RARE + " " + FREQUENT.substring(0, 2),
                FREQUENT + " " + RARE.substring(0, 5), FREQUENT + " xx")) {
            page(prefix, true);
        }
        for (String words : List.of(FREQUENT, RARE, FREQUENT + " " + RARE)) {
            page(words, false);
        }
    }

    private void page(String text, boolean prefix) throws IOException, InterruptedException {
        var query = new SearchQuery(text, prefix, Optional.empty(), PAGE, Optional.empty());
        int hits = reader.search(Chat.OWNER, query, Instant.now()).items().size();
        Figures _ = Figures.timed(calls, () -> reader.search(Chat.OWNER, query, Instant.now()));
        Figures micros = Figures.timed(calls, () -> reader.search(Chat.OWNER, query, Instant.now()));
        System.out.printf(Locale.ROOT, "  %-32s %2d hits   p50 %8.2f ms   p99 %8.2f ms   max %8.2f ms   %s%n",
                text + (prefix ? "…" : ""), hits, micros.median() / 1e3, micros.percentile(99) / 1e3,
                micros.max() / 1e3, micros.percentile(99) / 1e3 <= TARGET_MILLIS ? "met" : "MISSED");
    }
}
