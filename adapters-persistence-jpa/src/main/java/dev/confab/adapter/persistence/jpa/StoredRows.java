package dev.confab.adapter.persistence.jpa;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.JDBCException;
import org.hibernate.LockMode;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** What a writer reads of a conversation, on a connection that it is given; mapped by Hibernate. */
final class StoredRows {
    private final SessionFactory sessions;

    StoredRows(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Throws {@link dev.confab.domain.port.ConversationDamaged} for a row that is no head. */
    Known load(Connection connection, ConversationId id) throws SQLException {
        return on(connection, session -> known(session.get(ConversationEntity.class, id.value())));
    }

    /** The same, and keeps the row locked until the connection's transaction ends. */
    Known lock(Connection connection, ConversationId id) throws SQLException {
        return on(connection,
                session -> known(session.get(ConversationEntity.class, id.value(), LockMode.PESSIMISTIC_WRITE)));
    }

    Optional<Message> message(Connection connection, ConversationId id, MessageId message) throws SQLException {
        return on(connection, session -> session
                .createSelectionQuery("from MessageEntity where conversationId = :conversation and id = :message",
                        MessageEntity.class)
                .setParameter("conversation", id.value()).setParameter("message", message.value())
                .uniqueResultOptional().map(MessageEntity::toMessage));
    }

    Optional<Message> messageAt(Connection connection, ConversationId id, int position) throws SQLException {
        return on(connection, session -> Optional
                .ofNullable(session.get(MessageEntity.class, new MessageEntity.Key(id.value(), position)))
                .map(MessageEntity::toMessage));
    }

    private static Known known(@Nullable ConversationEntity row) {
        return row == null ? Known.ABSENT : new Known(Optional.of(row.toHead()), row.life(), row.revision());
    }

    private <T> T on(Connection connection, Function<StatelessSession, T> action) throws SQLException {
        try (StatelessSession session = sessions.withStatelessOptions().connection(connection)
                .openStatelessSession()) {
            return action.apply(session);
        } catch (JDBCException e) {
            throw e.getSQLException();
        }
    }
}
