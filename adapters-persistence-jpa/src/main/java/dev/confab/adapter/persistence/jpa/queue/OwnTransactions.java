package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Runs changes of what is not a conversation, each in a transaction of its own.
 *
 * @param what is changed, as in "the webhooks were locked"
 */
public record OwnTransactions(WriterThreads threads, String what) {

    /** Exceptions that are none of the database roll the transaction back, too, and are passed on. */
    public <T> T run(WriterThreads.OnConnection<T> change) {
        return threads.onConnection(connection -> {
            try {
                // The pool rolls back uncommitted statements, and turns autocommit on again.
                connection.setAutoCommit(false);
                T result = change.apply(connection);
                connection.commit();
                return result;
            } catch (SQLException e) {
                throw failure(e, connection);
            }
        });
    }

    private StorageException failure(SQLException e, Connection connection) {
        if (SqlFailures.isUnknown(e, connection)) {
            return new CommitOutcomeUnknown("the connection was lost while the " + what + " were changed", e);
        }
        return SqlFailures.isContention(e)
                ? new StorageUnavailable("the " + what + " were locked in the database until the time limit", e)
                : SqlFailures.definite(e);
    }
}
