package dev.confab.adapter.persistence.jpa.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.TestStore;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.adapter.persistence.jpa.queue.WriterThreads;
import dev.confab.adapter.persistence.jpa.row.TermsColumn;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import dev.confab.domain.terms.Terms;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows with the terms of the first tokenizer, as an instance of an earlier version writes them. */
class TermsUpgradeTest {
    private static final Duration OFTEN = Duration.ofMillis(10);
    private static final String MAKE_OLD = """
            UPDATE message SET terms = '{O:alice,of,the,first,version}'
            WHERE conversation_id = ? AND position BETWEEN ? AND ?""";

    private final TestStore tables = TestStore.open();
    private final JpaStore store = JpaStore.open(TestStore.settings(tables.database()), WriteObserver.NONE);
    private final WriterThreads threads = new WriterThreads(tables.connections().writes(), 2, Duration.ofSeconds(60));
    private final ConversationId id = Samples.newConversationId();

    @BeforeEach
    void begin() {
        store.transact(id, Transactions.begin(Samples.started(id, Samples.ALICE, Samples.title("Größe"))));
    }

    @AfterEach
    void close() {
        threads.close();
        store.close();
        tables.close();
    }

    @Test
    void old_terms_are_rewritten_and_nothing_else_of_their_rows() {
        append(500);
        // Otherwise its own thread might be faster.
        store.close();
        List<String> before = state();
        tables.execute(MAKE_OLD, id.value(), 1, 500);
        tables.execute("UPDATE conversation SET title_terms = '{O:alice,größe}' WHERE id = ?", id.value());
        assertThat(count("terms_version = 1")).isEqualTo(500);
        assertThat(search("cafe").items()).isEmpty();

        upgrade();

        assertThat(count("terms_version = " + Terms.VERSION)).isEqualTo(500);
        assertRowsHaveTheirTerms();
        assertThat(search("cafe").items()).hasSize(100);
        assertThat(search("grosse").items()).hasSize(1);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void searches_are_partial_until_the_last_row_is_rewritten_and_edits_do_not_wait() throws SQLException {
        append(3);
        tables.execute(MAKE_OLD, id.value(), 1, 3);
        try (Connection holder = tables.connections().writes().getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "SELECT 1 FROM message WHERE position = 3 FOR UPDATE");
            try (JpaStore late = JpaStore.open(TestStore.settings(tables.database()), WriteObserver.NONE)) {
                TestThreads.await(() -> count("terms_version = " + Terms.VERSION) == 2);

                assertThat(search(late, "cafe").partial()).isTrue();
                assertThat(late.termsProgress()).isPresent();
                edit(late, 1, "edited café");
                holder.commit();
                TestThreads.await(() -> late.termsProgress().isEmpty());
                assertThat(search(late, "cafe").partial()).isFalse();
                assertThat(search(late, "cafe").items()).hasSize(3);
            }
        }
    }

    @Test
    void what_an_instance_of_an_earlier_version_writes_meanwhile_is_rewritten() {
        append(1);
        try (var upgrade = new TermsUpgrade(threads, OFTEN)) {
            assertThat(upgrade.progress()).isEmpty();
            upgrade.start();

            tables.execute("UPDATE message SET text = 'changed: Ärger', terms = '{O:alice,changed,ärger}'");

            TestThreads.await(() -> search("arger").items().size() == 1);
            tables.execute("UPDATE conversation SET title = 'Übung', title_terms = '{O:alice,übung}'");
            TestThreads.await(() -> search("ubung").items().size() == 1);
        }
        assertRowsHaveTheirTerms();
    }

    @Test
    void after_a_kill_the_work_goes_on_where_it_stopped() throws SQLException {
        append(500);
        // Otherwise its own thread might be faster.
        store.close();
        tables.execute(MAKE_OLD, id.value(), 1, 500);
        batch();
        int done = count("terms_version = " + Terms.VERSION);
        assertThat(done).isBetween(1, 499);
        try (Connection killed = tables.connections().writes().getConnection()) {
            killed.setAutoCommit(false);
            execute(killed,
                    "UPDATE message SET terms = '{half,O:alice}', terms_version = 2 WHERE terms_version = 1");
            killed.rollback();
        }
        assertThat(count("terms_version = " + Terms.VERSION)).isEqualTo(done);

        upgrade();

        assertRowsHaveTheirTerms();
    }

    @Test
    void one_instance_at_a_time_does_the_work() throws SQLException {
        append(1);
        // Otherwise its own thread might be faster.
        store.close();
        tables.execute(MAKE_OLD, id.value(), 1, 1);
        try (Connection other = tables.connections().writes().getConnection()) {
            other.setAutoCommit(false);
            execute(other, "SELECT pg_advisory_xact_lock(1668247142, 1)");

            assertThat(batch()).isInstanceOf(TermsBatch.Outcome.Elsewhere.class);

            other.rollback();
        }
        assertThat(batch()).isInstanceOf(TermsBatch.Outcome.Rewritten.class);
    }

    @Test
    void an_edit_after_a_row_was_read_waits_until_its_terms_are_committed() throws Exception {
        append(1);
        tables.execute(MAKE_OLD, id.value(), 1, 1);
        store.close();
        try (var pool = Executors.newCachedThreadPool()) {
            var edit = new AtomicReference<Future<?>>();
            threads.onConnection(connection -> new TermsBatch(beforeUpdate(connection, () -> {
                edit.set(pool.submit(() -> tables.execute("""
                        UPDATE message SET text = 'raced', terms = '{raced,O:alice}', terms_version = %d"""
                        .formatted(Terms.VERSION))));
                TestThreads.await(() -> edit.get().isDone() || !strings("""
                        SELECT pid::text FROM pg_stat_activity
                        WHERE wait_event_type = 'Lock' AND query LIKE '%raced%' AND datname = current_database()""")
                        .isEmpty());
            })).run(TermsBatch.Kind.MESSAGES, TermsBatch.Place.FIRST));
            edit.get().get();
        }
        assertThat(count("text = 'raced'")).isEqualTo(1);
        assertRowsHaveTheirTerms();
    }

    /** The connection, which runs the action before its first update is prepared. */
    private static Connection beforeUpdate(Connection connection, Runnable action) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[]{Connection.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && arguments[0].toString().startsWith("UPDATE")) {
                        action.run();
                    }
                    return method.invoke(connection, arguments);
                });
    }

    @Test
    void edits_and_truncations_meanwhile_are_neither_lost_nor_left_without_their_terms() throws Exception {
        append(200);
        var stop = new AtomicBoolean();
        long seed = System.nanoTime();
        try (var upgrade = new TermsUpgrade(threads, OFTEN); var pool = Executors.newCachedThreadPool()) {
            upgrade.start();
            List<Future<?>> others = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                var random = new Random(seed + thread);
                others.add(pool.submit(() -> {
                    while (!stop.get()) {
                        int position = 1 + random.nextInt(200);
                        tables.execute(MAKE_OLD, id.value(), position, position);
                    }
                }));
            }
            var random = new Random(seed);
            for (int i = 0; i < 400; i++) {
                edit(store, 1 + random.nextInt(190), "edit " + i);
                if (i % 50 == 49) {
                    Message last = message(195);
                    store.transact(id, Transactions.change(head -> head.truncateAfter(last, Samples.now())));
                    append(5);
                }
            }
            stop.set(true);
            for (Future<?> other : others) {
                other.get();
            }
            TestThreads.await(() -> count("terms_version < " + Terms.VERSION) == 0);
        }
        assertRowsHaveTheirTerms();
        assertThat(search("edit 399").items()).as("seed %d", seed).hasSize(1);
    }

    @Test
    void the_indexes_are_of_the_rows_with_earlier_terms() {
        assertThat(strings("SELECT indexdef FROM pg_indexes WHERE indexname LIKE '%with_old_terms' ORDER BY 1"))
                .hasSize(2)
                .allSatisfy(definition -> assertThat(definition).contains("terms_version < " + Terms.VERSION));
    }

    private void upgrade() {
        try (var upgrade = new TermsUpgrade(threads, OFTEN)) {
            assertThat(upgrade.progress()).isPresent();
            upgrade.start();
            TestThreads.await(() -> upgrade.progress().isEmpty());
        }
    }

    private TermsBatch.Outcome batch() {
        return threads.onConnection(connection -> new TermsBatch(connection).run(TermsBatch.Kind.MESSAGES,
                TermsBatch.Place.FIRST));
    }

    private void append(int messages) {
        store.transact(id, Transactions.appendAll(
                IntStream.range(0, messages).mapToObj(n -> Samples.draft("Café " + n)).toList(), Optional.empty(),
                Samples.now()));
    }

    private void edit(JpaStore target, int position, String text) {
        target.transact(id, Transactions.edit(message(position), text, Samples.now()));
    }

    private Message message(int position) {
        return tables.reads().read(id, Window.after(position - 1, 1), Samples.now()).messages().getFirst();
    }

    private Page<SearchHit, SearchQuery.Key> search(String text) {
        return tables.reads().search(Samples.ALICE, Samples.searching(text), Samples.now());
    }

    private static Page<SearchHit, SearchQuery.Key> search(JpaStore store, String text) {
        return store.reader().search(Samples.ALICE, Samples.searching(text), Samples.now());
    }

    private int count(String condition) {
        return Integer.parseInt(strings("SELECT count(*)::text FROM message WHERE " + condition).getFirst());
    }

    /** What readers and the change feed see of the conversation. */
    private List<String> state() {
        return strings("""
                SELECT concat_ws(' ', revision, version, changed_in, updated_at, title) FROM conversation
                UNION ALL SELECT concat_ws(' ', position, id, version, text, edited_at) FROM message ORDER BY 1""");
    }

    private void assertRowsHaveTheirTerms() {
        List<String> rows = strings("SELECT concat_ws(chr(10), text, array_to_string(terms, ' ')) FROM message");
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            String[] columns = row.split("\n", 2);
            assertThat(columns[1]).isEqualTo(String.join(" ", TermsColumn.of(Samples.ALICE, columns[0])));
        });
    }

    private List<String> strings(String sql) {
        return threads.onConnection(connection -> {
            var found = new ArrayList<String>();
            try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
