package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.adapter.persistence.jpa.commit.RowCommit;
import dev.confab.adapter.persistence.jpa.commit.StoredRows;
import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Activity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A conversation's row, locked in the database, for a transaction function that lost too many races against other
 * instances. Only such a function holds a connection while it runs.
 */
final class LockedRow implements TransactionView.Lookups, AutoCloseable {
    private final ConversationId id;
    private final WriterThreads threads;
    private final StoredRows rows;
    private final Connection connection;
    private final KnownRow known;

    private LockedRow(ConversationId id, WriterThreads threads, StoredRows rows, Connection connection,
            KnownRow known) {
        this.id = id;
        this.threads = threads;
        this.rows = rows;
        this.connection = connection;
        this.known = known;
    }

    /** Waits for the row at most as long as the database's {@code lock_timeout}. An absent row is not locked. */
    static LockedRow lock(ConversationId id, WriterThreads threads, StoredRows rows) {
        return threads.callLocked(() -> {
            try {
                Connection connection = threads.connectionToLock();
                try {
                    connection.setAutoCommit(false);
                    return new LockedRow(id, threads, rows, connection, rows.lock(connection, id));
                } catch (SQLException | RuntimeException e) {
                    threads.giveBack(connection);
                    throw e;
                }
            } catch (SQLException e) {
                throw SqlFailures.definite(e);
            }
        });
    }

    KnownRow known() {
        return known;
    }

    @Override
    public Optional<Message> message(MessageId message) {
        return read(() -> rows.message(connection, id, message));
    }

    @Override
    public Optional<Message> messageAt(int position) {
        return read(() -> rows.messageAt(connection, id, position));
    }

    @Override
    public Activity activity() {
        return read(() -> rows.activity(connection, id));
    }

    /** Commits the change and releases the row. Must run again when an absent row has been inserted meanwhile. */
    CommitOutcome commit(PendingChange pending) {
        return threads.callLocked(() -> CommitOutcome.of(new RowCommit(connection, id, known, pending), false));
    }

    /**
     * Releases the row, also while the store is being closed, since the connection would never be returned otherwise.
     * Throws nothing: the change may be committed. The pool rolls back what is not, and no caller waits for that.
     */
    @Override
    public void close() {
        threads.giveBackSoon(connection);
    }

    private <T> T read(SqlSupplier<T> action) {
        return threads.callLocked(() -> {
            try {
                return action.get();
            } catch (SQLException e) {
                throw SqlFailures.definite(e);
            }
        });
    }

    @FunctionalInterface
    private interface SqlSupplier<T> {
        T get() throws SQLException;
    }
}
