package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationStore.Removal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Removes conversations whose rows cannot be mapped, by statements that read only their owner.
 *
 * <p>Why it is right: each is one statement, a commit of its own, and changes the revision or deletes the row. A transaction over an
 * earlier state then finds its row changed, here and in every instance, and starts again.
 */
public record DamagedRows(WriterThreads threads) {
    private static final String PURGE = "DELETE FROM conversation WHERE id = ? AND owner_id = ?";

    private static final String DELETE = """
            WITH c AS (
                UPDATE conversation SET deleted_at = ?, revision = revision + 1, changed_in = pg_current_xact_id()
                WHERE deleted_at IS NULL AND id = ? AND owner_id = ? RETURNING id
            ), cancelled AS (
                UPDATE turn SET state = 'cancelled', finished_at = greatest(started_at, ?), lease_until = NULL, said = NULL
                FROM c WHERE turn.conversation_id = c.id AND turn.finished_at IS NULL
            )
            SELECT id FROM c""";

    /** Returns whether the owner had the conversation; for a deletion, whether it was live. */
    public boolean remove(ConversationId id, OwnerId owner, Removal removal, Instant at) {
        return threads.onConnection(connection -> {
            try {
                return switch (removal) {
                    case DELETE -> delete(connection, id, owner, at);
                    case PURGE -> purge(connection, id, owner);
                };
            } catch (SQLException e) {
                if (SqlFailures.isUnknown(e, connection)) {
                    throw new CommitOutcomeUnknown("the connection was lost while a damaged conversation was removed",
                            e);
                }
                throw e;
            }
        });
    }

    private static boolean delete(Connection connection, ConversationId id, OwnerId owner, Instant at)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setObject(1, at.atOffset(ZoneOffset.UTC));
            statement.setObject(2, id.value());
            statement.setString(3, owner.value());
            statement.setObject(4, at.atOffset(ZoneOffset.UTC));
            return statement.executeQuery().next();
        }
    }

    private static boolean purge(Connection connection, ConversationId id, OwnerId owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PURGE)) {
            statement.setObject(1, id.value());
            statement.setString(2, owner.value());
            return statement.executeUpdate() > 0;
        }
    }
}
