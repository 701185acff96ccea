package dev.confab.adapter.persistence.jpa.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.Connections;
import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.TestStore;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Limits;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.query.Usage;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {

    @Test
    void the_entities_fit_the_migrated_tables_and_are_read_over_a_connection_given() throws SQLException {
        UUID id = UUID.randomUUID();

        try (var store = TestStore.open();
                var connection = store.connections().writes().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO conversation (id, revision, owner_id, metadata, version, message_count, created_at,
                        updated_at, digest, title_terms)
                    VALUES ('%s', 3, 'o', '{"a": "b"}', 2, 0, '2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.679Z',
                        sha256('x'), '{}')""".formatted(id));
            try (var session = store.sessions().withStatelessOptions().connection(connection).openStatelessSession()) {
                var found = session.get(ConversationEntity.class, id);

                assertThat(found.revision()).isEqualTo(3);
                assertThat(found.life()).isPositive();
                assertThat(found.toHead().metadata()).isEqualTo(new Metadata(Map.of("a", "b")));
                assertThat(found.toHead().updatedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.679Z"));
            }
            assertThat(connection.isClosed()).isFalse();
        }
    }

    @Test
    void two_instances_that_start_at_once_both_succeed() throws Exception {
        try (Database database = TestPostgres.shared().newDatabase();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = new CountDownLatch(1);
            List<Future<?>> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                both.add(threads.submit(() -> {
                    start.await();
                    Schema.migrate(Connections.unpooled(TestStore.settings(database)));
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : both) {
                one.get();
            }
        }
    }

    @Test
    void a_database_from_before_there_were_sessions_is_migrated_with_its_rows() {
        try (Database database = TestPostgres.shared().newDatabase()) {
            JpaStoreSettings settings = migratedTo("2", database);
            ConversationId id = insertConversation(settings, 1, 0);

            try (JpaStore store = JpaStore.open(settings, WriteObserver.NONE)) {
                assertThat(store.reader().find(id, Samples.now()).orElseThrow().expiresAt()).isEmpty();
                assertThat(store.sessions().activity(id, Samples.now())).isEqualTo(Activity.NONE);
                Session session = store.transact(id, SessionTransactions.begin(SessionSamples.session(id)));
                assertThat(store.sessions().activity(id, Samples.now()).sessions()).containsExactly(session);
            }
        }
    }

    @Test
    void messages_stored_before_weights_were_counted_are_counted_and_keys_of_that_time_have_no_limits() {
        try (Database database = TestPostgres.shared().newDatabase()) {
            JpaStoreSettings settings = migratedTo("5", database);
            ConversationId id = insertConversation(settings, 3, 2);
            TestStore.execute(Connections.unpooled(settings),
                    """
                            INSERT INTO message (conversation_id, position, id, role, text, metadata, created_at, version, digest,
                                weight, terms)
                            SELECT ?, n, gen_random_uuid(), 'USER', 'x', '{}', '2026-01-01Z', n + 1, sha256('x'), 257, '{}'
                            FROM generate_series(1, 2) AS n""",
                    id.value());
            TestStore.execute(Connections.unpooled(settings), """
                    INSERT INTO api_key (id, owner_id, name, scopes, digest, created_at)
                    VALUES (?, 'alice', 'key', '{read}', sha256('x'), '2026-01-01Z')""", id.value());

            try (JpaStore store = JpaStore.open(settings, WriteObserver.NONE)) {
                assertThat(store.usages().usage(Samples.ALICE)).isEqualTo(new Usage(1, 2, 514));
                store.transact(id, Transactions.append(Samples.draft("yy"), Samples.now()));
                assertThat(store.usages().usage(Samples.ALICE)).isEqualTo(new Usage(1, 3, 772));
                assertThat(store.keys().find(new ApiKeyId(id.value())).orElseThrow().limits()).isEqualTo(Limits.NONE);
            }
        }
    }

    /** Makes the schema of an earlier version. */
    private static JpaStoreSettings migratedTo(String version, Database database) {
        JpaStoreSettings settings = TestStore.settings(database);
        Flyway.configure().dataSource(Connections.unpooled(settings))
                .locations("classpath:dev/confab/adapter/persistence/jpa/migration").target(version).load().migrate();
        return settings;
    }

    /** Inserts a conversation of Alice with the columns of the first schema. */
    private static ConversationId insertConversation(JpaStoreSettings settings, int version, int messages) {
        ConversationId id = Samples.newConversationId();
        TestStore.execute(Connections.unpooled(settings), """
                INSERT INTO conversation (id, revision, owner_id, metadata, version, message_count, created_at,
                    updated_at, digest, title_terms)
                VALUES (?, ?, 'alice', '{}', ?, ?, '2026-01-01Z', '2026-01-01Z', sha256('x'), '{}')""", id.value(),
                version, version, messages);
        return id;
    }

    @Test
    void a_newer_schema_is_refused() {
        try (var store = TestStore.open()) {
            store.execute("""
                    INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,
                        execution_time, success)
                    VALUES (99, '99', 'from the future', 'SQL', 'V99__from_the_future.sql', 'x', 1, true)""");

            assertThatThrownBy(
                    () -> Schema.migrate(Connections.unpooled(TestStore.settings(store.database()))))
                    .isInstanceOf(DatabaseCannotServe.class).hasMessageContaining("99").hasMessageContaining("newer");
        }
    }

    @Test
    void a_database_without_durability_is_refused_S2() {
        try (Database database = TestPostgres.shared().newDatabase()) {
            JpaStoreSettings settings = TestStore.settings(database);
            DurabilityCheck.check(Connections.unpooled(settings));

            TestPostgres.shared().admin("ALTER DATABASE " + database.name() + " SET synchronous_commit = off");
            assertThatThrownBy(() -> DurabilityCheck.check(Connections.unpooled(settings)))
                    .isInstanceOf(DatabaseCannotServe.class).hasMessageContaining("synchronous_commit");

            TestPostgres.shared().admin("ALTER DATABASE " + database.name() + " SET synchronous_commit = local");
            DurabilityCheck.check(Connections.unpooled(settings));
        }
    }

    /** {@code fsync} and {@code full_page_writes} are the whole server's, so here the database answers for it. */
    @ParameterizedTest
    @ValueSource(strings = {"fsync", "full_page_writes", "synchronous_commit"})
    void each_setting_that_loses_commits_in_a_crash_is_refused_by_name_S2(String setting) {
        try (Database database = TestPostgres.shared().newDatabase()) {
            JpaStoreSettings settings = TestStore.settings(database);
            TestStore.execute(Connections.unpooled(settings), "CREATE SCHEMA careless");
            TestStore.execute(Connections.unpooled(settings), """
                    CREATE FUNCTION careless.current_setting(name text) RETURNS text LANGUAGE sql AS
                    $$ SELECT CASE WHEN name = '%s' THEN 'off' ELSE pg_catalog.current_setting(name) END $$"""
                    .formatted(setting));
            TestPostgres.shared()
                    .admin("ALTER DATABASE " + database.name() + " SET search_path = careless, pg_catalog, public");

            assertThatThrownBy(() -> DurabilityCheck.check(Connections.unpooled(settings)))
                    .isInstanceOf(DatabaseCannotServe.class).hasMessageContaining("set " + setting + " to on");
        }
    }

    @Test
    void a_missing_database_or_one_in_another_encoding_is_refused_with_advice() {
        String name = "confab_latin1";
        TestPostgres.shared().admin("CREATE DATABASE " + name + " ENCODING LATIN1 LOCALE 'C' TEMPLATE template0");
        try (Database database = TestPostgres.shared().newDatabase()) {
            refused(database, database.url().replace(database.name(), name), "UTF8");
            refused(database, database.url().replace(database.name(), "confab_nowhere"), "create the database");
            refused(database, "jdbc:postgresql://localhost:1/confab", "check that it runs");
            refused(database, "jdbc:mysql://localhost/confab", "jdbc:postgresql:");
        } finally {
            TestPostgres.shared().admin("DROP DATABASE " + name);
        }
    }

    private static void refused(Database login, String url, String advice) {
        var settings = JpaStoreSettings.of(url, login.username(), login.password());
        assertThatThrownBy(() -> DurabilityCheck.check(Connections.unpooled(settings)))
                .isInstanceOf(DatabaseCannotServe.class).hasMessageContaining(advice);
    }

    @Test
    void options_in_the_url_win_over_the_settings() throws SQLException {
        try (var store = TestStore.open();
                var connections = Connections.open(JpaStoreSettings.of(store.database().url()
                        + "?ApplicationName=mine&options=-c%20statement_timeout=1234", store.database().username(),
                        store.database().password()));
                var connection = connections.reads().getConnection();
                var settings = connection.createStatement().executeQuery("""
                        SELECT current_setting('application_name'), current_setting('statement_timeout'),
                            current_setting('lock_timeout'), current_setting('transaction_isolation'),
                            current_setting('transaction_read_only')""")) {
            settings.next();
            assertThat(settings.getString(1)).isEqualTo("mine");
            assertThat(settings.getString(2)).isEqualTo("1234ms");
            assertThat(settings.getString(3)).isEqualTo("3s");
            assertThat(settings.getString(4)).isEqualTo("repeatable read");
            assertThat(settings.getString(5)).isEqualTo("on");
        }
    }
}
