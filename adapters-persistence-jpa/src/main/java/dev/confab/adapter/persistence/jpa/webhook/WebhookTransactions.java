package dev.confab.adapter.persistence.jpa.webhook;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.queue.WriterThreads;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs changes of webhooks, each in a transaction of its own. */
record WebhookTransactions(WriterThreads threads) {

    @FunctionalInterface
    interface Change<T> {
        T apply(Statements sql) throws SQLException;
    }

    <T> T run(Change<T> change) {
        return threads.onConnection(connection -> {
            try {
                // The pool rolls back uncommitted statements, and turns autocommit on again.
                connection.setAutoCommit(false);
                T result = change.apply(new Statements(connection));
                connection.commit();
                return result;
            } catch (SQLException e) {
                throw failure(e, connection);
            }
        });
    }

    private static StorageException failure(SQLException e, Connection connection) {
        if (SqlFailures.isUnknown(e, connection)) {
            return new CommitOutcomeUnknown("the connection was lost while the webhooks were changed", e);
        }
        return SqlFailures.isContention(e)
                ? new StorageUnavailable("the webhooks were locked in the database until the time limit", e)
                : SqlFailures.definite(e);
    }
}
