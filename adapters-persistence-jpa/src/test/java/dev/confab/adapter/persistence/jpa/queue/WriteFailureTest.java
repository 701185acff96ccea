package dev.confab.adapter.persistence.jpa.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.jpa.EmptyDatabases;
import dev.confab.adapter.persistence.jpa.TestStore;
import dev.confab.adapter.persistence.jpa.commit.StoredRows;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.LockTimeout;
import dev.confab.testsupport.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors of writers when the database or a row is damaged; and writers release what they hold. */
class WriteFailureTest {
    private TestStore store;
    private WriterThreads threads;
    private StoredRows rows;
    private TransactionRunner writes;

    @BeforeEach
    void open() {
        Database database = EmptyDatabases.make();
        var settings = TestStore.settings(database, Duration.ofMillis(250));
        store = TestStore.open(database, settings);
        threads = new WriterThreads(store.connections().writes(), 4, Duration.ofSeconds(5));
        rows = new StoredRows(store.sessions());
        rememberNothing();
    }

    /** So that the next transaction reads the head from the database. */
    private void rememberNothing() {
        var committer = new BatchCommitter(threads, 0, hint -> {
        }, WriteObserver.NONE);
        writes = new TransactionRunner(threads, committer, rows, Duration.ofSeconds(20), System::nanoTime,
                WriteObserver.NONE);
    }

    @AfterEach
    void close() {
        threads.close();
        store.close();
    }

    private ConversationId start() {
        ConversationId id = Samples.newConversationId();
        writes.transact(id, Transactions.begin(Samples.started(id)));
        // Even a cache of size 0 evicts a head only a moment after it was put there.
        rememberNothing();
        return id;
    }

    @Test
    void a_head_that_cannot_be_read_in_time_is_a_lock_timeout_S8() throws SQLException {
        ConversationId id = start();
        try (Connection other = store.database().connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE conversation IN ACCESS EXCLUSIVE MODE");

            assertThatExceptionOfType(LockTimeout.class).isThrownBy(() -> writes.transact(id, Transactions::version));
        }
    }

    @Test
    void a_row_that_cannot_be_locked_in_time_is_a_lock_timeout_S8() throws SQLException {
        ConversationId id = start();
        try (Connection other = store.database().connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT 1 FROM conversation FOR UPDATE");

            assertThatExceptionOfType(LockTimeout.class).isThrownBy(() -> LockedRow.lock(id, threads, rows));
        }
        assertThat(connectionsInUse()).isZero();
    }

    /** Those that Hibernate does not pass on as its own {@code JDBCException}, and some others. */
    @ParameterizedTest
    @CsvSource({"57014, dev.confab.domain.port.StorageUnavailable", "58030, dev.confab.domain.port.StorageUnavailable",
            "55P03, dev.confab.domain.port.LockTimeout", "40P01, dev.confab.domain.port.LockTimeout",
            "40001, dev.confab.domain.port.LockTimeout", "XX001, dev.confab.domain.port.ConversationDamaged"})
    void an_error_while_the_head_is_read_is_named_S15(String state, Class<? extends Throwable> named) {
        ConversationId id = start();
        failReadsWith(state);

        assertThatThrownBy(() -> writes.transact(id, Transactions::version)).isInstanceOf(named);
    }

    @Test
    void a_head_that_is_no_head_is_damage() {
        ConversationId id = start();
        store.execute("UPDATE conversation SET metadata = '[1]'");

        assertThatExceptionOfType(ConversationDamaged.class)
                .isThrownBy(() -> writes.transact(id, Transactions::version));
    }

    /** The row is let go all the same, and a commit that succeeded is not reported as a failure. */
    @Test
    void a_locked_row_is_released_when_no_more_writes_are_accepted_S15() {
        LockedRow row = LockedRow.lock(start(), threads, rows);

        threads.close();
        row.close();

        assertThat(connectionsInUse()).isZero();
    }

    @Test
    void an_error_on_a_committers_thread_reaches_the_caller_S8() {
        var error = new AssertionError("out of something");

        CompletableFuture<Object> call = CompletableFuture.supplyAsync(() -> threads.call(() -> {
            throw error;
        }), Thread::startVirtualThread);

        assertThatThrownBy(() -> call.get(60, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                .hasCause(error);
    }

    private int connectionsInUse() {
        return store.connections().writes().getHikariPoolMXBean().getActiveConnections();
    }

    private void failReadsWith(String state) {
        store.execute("ALTER TABLE conversation RENAME TO stored");
        store.execute("CREATE FUNCTION fails() RETURNS boolean VOLATILE LANGUAGE plpgsql AS $$ BEGIN "
                + "RAISE EXCEPTION 'the block cannot be read' USING ERRCODE = '" + state + "'; END $$");
        store.execute("CREATE VIEW conversation AS SELECT * FROM stored WHERE fails()");
    }
}
