package dev.confab.adapter.persistence.jpa.commit;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.adapter.persistence.jpa.row.Damage;
import dev.confab.adapter.persistence.jpa.row.MessageEntity;
import dev.confab.adapter.persistence.jpa.row.SessionEntity;
import dev.confab.adapter.persistence.jpa.row.TurnEntity;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Activity;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.LockMode;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;

/**
 * The reads of writers, each on a given connection, mapped by Hibernate. They are queries, because Hibernate's
 * look-up by id reports some errors of the database as an absent row (HHH-12472). A row that cannot be read is
 * {@link dev.confab.domain.port.ConversationDamaged}.
 */
public record StoredRows(SessionFactory sessions) {

    public KnownRow load(Connection connection, ConversationId id) throws SQLException {
        return load(connection, id, LockMode.NONE);
    }

    /** Loads the row and locks it until the transaction of the connection ends. */
    public KnownRow lock(Connection connection, ConversationId id) throws SQLException {
        return load(connection, id, LockMode.PESSIMISTIC_WRITE);
    }

    private KnownRow load(Connection connection, ConversationId id, LockMode lock) throws SQLException {
        return on(connection, id,
                session -> select(session, ConversationEntity.class, "id = ?1", id.value()).setHibernateLockMode(lock)
                        .uniqueResultOptional()
                        .map(row -> new KnownRow(Optional.of(row.toHead()), row.life(), row.revision()))
                        .orElse(KnownRow.ABSENT));
    }

    public Optional<Message> message(Connection connection, ConversationId id, MessageId message) throws SQLException {
        return message(connection, id, "id = ?2", message.value());
    }

    public Optional<Message> messageAt(Connection connection, ConversationId id, int position) throws SQLException {
        return message(connection, id, "position = ?2", position);
    }

    private Optional<Message> message(Connection connection, ConversationId id, String condition, Object value)
            throws SQLException {
        return on(connection, id,
                session -> select(session, MessageEntity.class, "conversationId = ?1 and " + condition, id.value(),
                        value).uniqueResultOptional().map(MessageEntity::toMessage));
    }

    /**
     * The conversation's sessions and turns, by two statements. That they belong to one moment is certain only once
     * the revision is confirmed or a change is committed over it.
     */
    public Activity activity(Connection connection, ConversationId id) throws SQLException {
        return on(connection, id, session -> new Activity(
                select(session, SessionEntity.class, "conversationId = ?1 order by ordinal", id.value()).getResultList()
                        .stream()
                        .map(SessionEntity::toSession)
                        .toList(),
                select(session, TurnEntity.class, "conversationId = ?1" + TurnEntity.IN_ORDER, id.value())
                        .getResultList().stream().map(TurnEntity::toTurn)
                        .toList()));
    }

    private static <T> SelectionQuery<T> select(StatelessSession session, Class<T> entity, String where,
            Object... parameters) {
        var query = session.createSelectionQuery("from " + entity.getSimpleName() + " where " + where, entity);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query;
    }

    private <T> T on(Connection connection, ConversationId id, Function<StatelessSession, T> action)
            throws SQLException {
        try (StatelessSession session = sessions.withStatelessOptions().connection(connection)
                .openStatelessSession()) {
            return action.apply(session);
        } catch (PersistenceException e) {
            // Hibernate wraps time-outs and lost locks in exceptions of JPA, other errors in its JDBCException.
            SQLException cause = SqlFailures.cause(e).orElseThrow(() -> Damage.named(id.value(), e));
            if (SqlFailures.isCorrupted(cause)) {
                throw Damage.named(id.value(), e);
            }
            throw cause;
        }
    }
}
