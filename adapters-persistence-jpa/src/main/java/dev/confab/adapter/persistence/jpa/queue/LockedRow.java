package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.adapter.persistence.jpa.commit.RowCommit;
import dev.confab.adapter.persistence.jpa.commit.StoredRows;
import dev.confab.domain.conversation.ConversationId;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A conversation's row, locked in the database, for a transaction function that lost too many races against other
 * instances. Only such a function holds a connection while it runs.
 */
record LockedRow(ConversationId id, WriterThreads threads, Connection connection, KnownRow known)
        implements
            AutoCloseable {

    /** Waits for the row at most as long as the database's {@code lock_timeout}. An absent row is not locked. */
    static LockedRow lock(ConversationId id, WriterThreads threads, StoredRows rows) {
        return threads.callLocked(() -> {
            Connection connection = threads.connectionToLock();
            try {
                connection.setAutoCommit(false);
                return new LockedRow(id, threads, connection, rows.lock(connection, id));
            } catch (SQLException | RuntimeException e) {
                threads.giveBack(connection);
                throw e;
            }
        });
    }

    <T> T read(WriterThreads.OnConnection<T> action) {
        return threads.callLocked(() -> action.apply(connection));
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
}
