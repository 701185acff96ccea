package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.adapter.persistence.jpa.commit.RowCommit;
import dev.confab.adapter.persistence.jpa.commit.StoredRows;
import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.session.Activity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A conversation's row, locked in the database: for a work that lost too many races against other instances. It alone holds a
 * connection while it runs.
 */
final class LockedRow implements TransactionView.Lookups, AutoCloseable {
    private final ConversationId id;
    private final WriterThreads threads;
    private final StoredRows rows;
    private final Connection connection;
    private final KnownRow known;

    private LockedRow(ConversationId id, WriterThreads threads, StoredRows rows, Connection connection, KnownRow known) {
        this.id = id;
        this.threads = threads;
        this.rows = rows;
        this.connection = connection;
        this.known = known;
    }

    /** Waits for the row, as long as the database's {@code lock_timeout} says. A row that is absent is not locked. */
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

    /** Commits the pending and lets the row go; empty when an absent row has begun meanwhile. */
    Optional<KnownRow> commit(PendingChange pending) {
        return threads.callLocked(() -> {
            var commit = new RowCommit(connection, id, known, pending);
            try {
                return commit.run();
            } catch (SQLException e) {
                throw commit.isSent() && SqlFailures.isUnknown(e, connection)
                        ? new CommitOutcomeUnknown("the connection failed during the commit", e)
                        : SqlFailures.definite(e);
            } catch (RuntimeException | Error e) {
                // Not foreseen.
                if (commit.isSent()) {
                    throw new CommitOutcomeUnknown("the commit failed in an unknown way", e);
                }
                throw e;
            }
        });
    }

    /**
     * Lets the row go, even when nothing more is taken on, or the connection would never come back. Throws nothing: the work may
     * be committed. The pool rolls back what is not; nobody waits for that.
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
