package dev.confab.adapter.persistence.jpa.database;

import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * What PostgreSQL's and the driver's errors mean (SQLSTATE, PostgreSQL manual, appendix A). An error that the server answers has
 * aborted the transaction: certainly nothing is recorded. Where the connection went away in the middle, nobody knows.
 */
public final class SqlFailures {
    public static final String UNIQUE_VIOLATION = "23505";
    /** serialization_failure, deadlock_detected, lock_not_available. */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01", "55P03");
    /** admin_shutdown, crash_shutdown, idle_in_transaction_session_timeout: the server ends the connection. */
    private static final Set<String> CUT_OFF = Set.of("57P01", "57P02", "25P03");
    /** connection_exception, the class. */
    private static final String CONNECTION = "08";
    /** What the server says of a page or an index whose content cannot be: data_corrupted, index_corrupted. */
    private static final Set<String> CORRUPTED = Set.of("XX001", "XX002");
    private static final int ALIVE_WITHIN_SECONDS = 1;
    /** Classes of errors that lie with the server and with no work: insufficient resources, operator intervention, system error. */
    private static final Set<String> OF_THE_SERVER = Set.of("53", "57", "58");

    private SqlFailures() {
    }

    /** Of a statement with which nothing is committed: certainly nothing is recorded. */
    public static StorageException definite(SQLException e) {
        return CONTENTION.contains(state(e))
                ? new LockTimeout("the conversation was busy for too long in the database", e)
                : new StorageUnavailable("the database refused: SQLSTATE " + state(e), e);
    }

    /**
     * Whether, of the statement that commits, the outcome cannot be known. A connection that outlives the error is the proof that
     * the server aborted the transaction in order; one that ended with it may have ended after the commit was on disk.
     */
    public static boolean isUnknown(SQLException e, Connection connection) {
        String state = state(e);
        return state.startsWith(CONNECTION) || CUT_OFF.contains(state) || !isAlive(connection);
    }

    private static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(ALIVE_WITHIN_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether one of several works that share a commit may have caused it, so that each is to be tried alone. */
    public static boolean mayBeOneFunctions(SQLException e) {
        String state = state(e);
        return !CONTENTION.contains(state)
                && !(state.length() == 5 && OF_THE_SERVER.contains(state.substring(0, 2)));
    }

    /** Whether what is stored cannot be read. */
    public static boolean isCorrupted(SQLException e) {
        return CORRUPTED.contains(state(e));
    }

    /** The database's error below what a library made of it; empty when the database answered. */
    public static Optional<SQLException> cause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
