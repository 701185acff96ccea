package dev.confab.adapter.persistence.jpa.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.jpa.EmptyDatabases;
import dev.confab.adapter.persistence.jpa.TestStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors of readers when the database or a row is damaged. */
class ReadFailureTest {

    @Test
    void a_damaged_conversation_is_named_and_never_hides_others_S15() {
        try (var store = TestStore.open()) {
            ConversationId damaged = insert(store, "first");
            ConversationId whole = insert(store, "second");
            store.execute("UPDATE conversation SET metadata = '[1]' WHERE id = ?", damaged.value());

            assertThatThrownBy(() -> store.reads().find(damaged, Samples.now())).isInstanceOf(ConversationDamaged.class)
                    .hasMessageContaining(damaged.toString());
            assertThatThrownBy(() -> store.reads().read(damaged, Window.first(1), Samples.now()))
                    .isInstanceOf(ConversationDamaged.class);
            var list = store.reads().list(Samples.ALICE, new ListQuery(ListQuery.Sort.CREATED, 1, Optional.empty()),
                    Samples.now());
            assertThat(list.items()).extracting(Conversation::id).containsExactly(whole);
            var next = store.reads().list(Samples.ALICE, new ListQuery(ListQuery.Sort.CREATED, 1, list.next()),
                    Samples.now());
            assertThat(next.items()).isEmpty();
            assertThat(next.next()).isEmpty();
            var query = new SearchQuery("found", false, Optional.empty(), 10, Optional.empty());
            assertThat(store.reads().search(Samples.ALICE, query, Samples.now()).items()).hasSize(2)
                    .allMatch(hit -> hit.conversation().equals(whole));
        }
    }

    @Test
    void damaged_conversations_do_not_delay_the_sweep_of_expired_ones() {
        try (var store = TestStore.open()) {
            List<ConversationId> ids = List.of(insert(store, "a"), insert(store, "b"), insert(store, "c"));
            store.execute("UPDATE conversation SET deleted_at = created_at");
            store.execute("UPDATE conversation SET title = '' WHERE id = ?", ids.get(0).value());
            store.execute("UPDATE conversation SET title = '' WHERE id = ?", ids.get(1).value());

            assertThat(store.reads().deletedBefore(Instant.parse("2030-01-01T00:00:00Z"), 1))
                    .extracting(Conversation::id)
                    .containsExactly(ids.get(2));
        }
    }

    @Test
    void a_message_that_is_missing_or_malformed_is_damage() {
        try (var store = TestStore.open()) {
            ConversationId id = insert(store, "first");
            store.execute("UPDATE message SET metadata = '{\"a\": 1}' WHERE position = 2");
            assertThat(store.reads().read(id, Window.first(1), Samples.now()).messages()).hasSize(1);
            assertThatThrownBy(() -> store.reads().read(id, Window.first(3), Samples.now()))
                    .isInstanceOf(ConversationDamaged.class);
            assertThatThrownBy(() -> store.reads().changesSince(id, 1, Samples.now()))
                    .isInstanceOf(ConversationDamaged.class);

            store.execute("DELETE FROM message WHERE position = 2");
            assertThatThrownBy(() -> store.reads().read(id, Window.first(3), Samples.now()))
                    .isInstanceOf(ConversationDamaged.class);
            assertThatThrownBy(
                    () -> store.reads().read(id, new Window(1, 3, 1, Window.Order.DESCENDING), Samples.now()))
                    .isInstanceOf(ConversationDamaged.class);
        }
    }

    @Test
    void a_read_inside_a_transaction_function_is_refused_S12() {
        try (var store = TestStore.open()) {
            ConversationId id = Samples.newConversationId();
            assertThatThrownBy(() -> new ReferenceStore().transact(id, tx -> store.reads().find(id, Samples.now())))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void no_free_connection_is_unavailable_S15() throws SQLException {
        Database database = EmptyDatabases.make();
        var settings = TestStore.settings(database, Duration.ofMillis(250));
        try (var store = TestStore.open(database, settings)) {
            var taken = new ArrayList<Connection>();
            for (int i = 0; i < settings.readConnections(); i++) {
                taken.add(store.connections().reads().getConnection());
            }
            assertThatThrownBy(() -> store.reads().find(Samples.newConversationId(), Samples.now()))
                    .isInstanceOf(StorageUnavailable.class);
            for (Connection connection : taken) {
                connection.close();
            }
            assertThat(store.reads().find(Samples.newConversationId(), Samples.now())).isEmpty();
        }
    }

    @Test
    void a_statement_that_waits_too_long_is_unavailable_S15() throws SQLException {
        Database database = EmptyDatabases.make();
        var settings = TestStore.settings(database, Duration.ofMillis(250));
        try (var store = TestStore.open(database, settings); Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE conversation IN ACCESS EXCLUSIVE MODE");

            assertThatThrownBy(() -> store.reads().find(Samples.newConversationId(), Samples.now()))
                    .isInstanceOf(StorageUnavailable.class).hasMessageContaining("lock timeout");
        }
    }

    /** Errors after which the connection lives, so that nothing but the error itself tells that the answer is none. */
    @ParameterizedTest
    @CsvSource({"58030, dev.confab.domain.port.StorageUnavailable", "53200, dev.confab.domain.port.StorageUnavailable",
            "XX001, dev.confab.domain.port.ConversationDamaged"})
    void an_error_while_the_head_is_read_is_not_taken_for_a_conversation_that_is_not_there_S15(String state,
            Class<? extends Throwable> named) {
        try (var store = TestStore.open()) {
            ConversationId id = insert(store, "first");
            store.execute("ALTER TABLE conversation RENAME TO stored");
            store.execute("CREATE FUNCTION fails() RETURNS boolean VOLATILE LANGUAGE plpgsql AS $$ BEGIN "
                    + "RAISE EXCEPTION 'the block cannot be read' USING ERRCODE = '" + state + "'; END $$");
            store.execute("CREATE VIEW conversation AS SELECT * FROM stored WHERE fails()");

            assertThatThrownBy(() -> store.reads().find(id, Samples.now())).isInstanceOf(named);
            assertThatThrownBy(() -> store.reads().read(id, Window.first(1), Samples.now())).isInstanceOf(named);
            assertThatThrownBy(() -> store.reads().read(id, Samples.newMessageId(), Samples.now())).isInstanceOf(named);
            assertThatThrownBy(() -> store.reads().changesSince(id, 1, Samples.now())).isInstanceOf(named);
        }
    }

    @Test
    void reads_recover_by_themselves_after_the_connections_died_S15() {
        try (var store = TestStore.open()) {
            ConversationId id = insert(store, "first");
            store.reads().find(id, Samples.now());
            TestPostgres.shared().ask("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '"
                    + store.database().name() + "'");

            int unavailable = 0;
            while (unavailable <= 6 && !isFound(store.reads(), id)) {
                unavailable++;
            }
            assertThat(unavailable).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void a_closed_store_is_unavailable_S15() {
        var store = TestStore.open();
        store.close();

        assertThatThrownBy(() -> store.reads().find(Samples.newConversationId(), Samples.now()))
                .isInstanceOf(StorageUnavailable.class);
    }

    private static boolean isFound(JpaConversationReads reads, ConversationId id) {
        try {
            return reads.find(id, Samples.now()).isPresent();
        } catch (StorageUnavailable e) {
            return false;
        }
    }

    /** A titled conversation with 3 messages; the title and the first are found. */
    private static ConversationId insert(TestStore store, String title) {
        var reference = new ReferenceStore();
        ConversationId id = Samples.newConversationId();
        reference.transact(id, tx -> {
            tx.record(Samples.started(id, Samples.ALICE, Optional.of(new Title(title + " found"))));
            for (String text : List.of("found", "lost", "gone")) {
                var draft = MessageDraft.of(Samples.newMessageId(), Role.USER, text);
                tx.record(tx.conversation().append(draft, Samples.now()));
            }
            return id;
        });
        var all = reference.read(id, Window.first(10), Samples.now());
        store.insert(all.conversation(), all.messages());
        return id;
    }
}
