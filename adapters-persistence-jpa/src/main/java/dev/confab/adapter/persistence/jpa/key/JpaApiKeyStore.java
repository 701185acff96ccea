package dev.confab.adapter.persistence.jpa.key;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.queue.WriterThreads;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.TooManyApiKeys;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * API keys in PostgreSQL.
 *
 * <p>Why it is right: every change but a creation is one statement, a transaction of its own. When two statements change the same row, the
 * second one waits and then decides over the row that the first one left. A creation first takes a lock that all creations of all
 * instances take, so each of them counts what the one before has committed.
 */
public final class JpaApiKeyStore implements ApiKeyStore {
    private static final String SELECT = "SELECT " + ApiKeyRow.COLUMNS + " FROM api_key ";
    /** The key of the advisory lock of creations; any number would do. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(7165065848958115691)";
    private static final String INSERT = "INSERT INTO api_key (" + ApiKeyRow.COLUMNS + ") SELECT " + ApiKeyRow.VALUES
            + " WHERE (SELECT count(*) FROM api_key) < ?";
    private static final String REVOKE = "UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?";
    private static final String USE = """
            UPDATE api_key SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)""";
    private static final String REMOVE_ENDED = "DELETE FROM api_key WHERE expires_at < ? OR revoked_at < ?";
    private static final String REMOVE_ALL = "DELETE FROM api_key WHERE owner_id = ?";

    private final WriterThreads threads;
    private final JdbcClient reads;
    private final int limit;

    /**
     * @param threads which change the keys
     * @param limit how many keys may exist
     */
    public JpaApiKeyStore(WriterThreads threads, DataSource reads, int limit) {
        this.threads = threads;
        this.reads = JdbcClient.create(reads);
        this.limit = limit;
    }

    @Override
    public void create(ApiKey key) {
        var _ = change(connection -> {
            // The pool rolls back uncommitted statements, and turns autocommit on again.
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement(LOCK);
                    PreparedStatement insert = connection.prepareStatement(INSERT)) {
                lock.execute();
                ApiKeyRow.bind(insert, key);
                insert.setInt(ApiKeyRow.COUNT + 1, limit);
                if (insert.executeUpdate() == 0) {
                    throw new TooManyApiKeys(limit);
                }
            } catch (SQLException e) {
                if (SqlFailures.UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw new IllegalStateException("there is an API key " + key.id() + " already", e);
                }
                throw e;
            }
            connection.commit();
            return 1;
        });
    }

    @Override
    public Optional<ApiKey> find(ApiKeyId id) {
        return read(SELECT + "WHERE id = :id", query -> query.param("id", id.value())).stream().findFirst();
    }

    @Override
    public List<ApiKey> list(Optional<OwnerId> owner, Optional<ApiKeyId> after, int limit) {
        String sql = SELECT + "WHERE true" + owner.map(_ -> " AND owner_id = :owner").orElse("")
                + after.map(_ -> " AND id > :after").orElse("") + " ORDER BY id LIMIT :limit";
        return read(sql, query -> {
            owner.ifPresent(value -> query.param("owner", value.value()));
            after.ifPresent(value -> query.param("after", value.value()));
            return query.param("limit", limit);
        });
    }

    private List<ApiKey> read(String sql, Function<StatementSpec, StatementSpec> parameters) {
        try {
            return parameters.apply(reads.sql(sql)).query(ApiKeyRow::read).list();
        } catch (DataAccessException e) {
            throw new StorageUnavailable("the API keys cannot be read now: " + SqlFailures.message(e), e);
        }
    }

    @Override
    public boolean revoke(ApiKeyId id, Instant at) {
        return update(REVOKE, ApiKeyRow.utc(at), id.value()) > 0;
    }

    @Override
    public void recordUse(ApiKeyId id, Instant at) {
        var _ = update(USE, ApiKeyRow.utc(at), id.value(), ApiKeyRow.utc(at));
    }

    @Override
    public int removeEndedBefore(Instant time) {
        return update(REMOVE_ENDED, ApiKeyRow.utc(time), ApiKeyRow.utc(time));
    }

    @Override
    public int removeAllOf(OwnerId owner) {
        return update(REMOVE_ALL, owner.value());
    }

    /** Runs the statement as a transaction of its own, and returns the number of rows it changed. */
    private int update(String sql, Object... parameters) {
        return change(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        });
    }

    private <T> T change(WriterThreads.OnConnection<T> change) {
        return threads.onConnection(connection -> {
            try {
                return change.apply(connection);
            } catch (SQLException e) {
                throw failure(e, connection);
            }
        });
    }

    private static StorageException failure(SQLException e, Connection connection) {
        if (SqlFailures.isUnknown(e, connection)) {
            return new CommitOutcomeUnknown("the connection was lost while the API keys were changed", e);
        }
        return SqlFailures.isContention(e)
                ? new StorageUnavailable("the API keys were locked in the database until the time limit", e)
                : SqlFailures.definite(e);
    }
}
