package dev.confab.adapter.persistence.jpa.database;

import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The meaning of errors of PostgreSQL and its driver, by SQLSTATE (PostgreSQL manual, appendix A). A server that
 * answers with an error has aborted the transaction.
 */
public final class SqlFailures {
    public static final String UNIQUE_VIOLATION = "23505";
    /** Of Confab's own function {@code owner_unless_erased}. */
    public static final String OWNER_ERASED = "CF001";
    /** serialization_failure, deadlock_detected, lock_not_available. */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01", "55P03");
    /** admin_shutdown, crash_shutdown, idle_in_transaction_session_timeout: the server ends the connection. */
    private static final Set<String> CUT_OFF = Set.of("57P01", "57P02", "25P03");
    /** connection_exception, the class. */
    private static final String CONNECTION = "08";
    /** cannot_connect_now, too_many_connections. */
    private static final Set<String> AWAY = Set.of("57P03", "53300");
    /** Raised while the statement runs: nothing is recorded, whatever becomes of the connection afterwards. */
    private static final Set<String> REFUSED = Set.of(UNIQUE_VIOLATION, OWNER_ERASED);
    /** data_corrupted, index_corrupted. */
    private static final Set<String> CORRUPTED = Set.of("XX001", "XX002");
    private static final int ALIVE_WITHIN_SECONDS = 1;
    /** Classes that no transaction function causes: insufficient resources, operator intervention, system error. */
    private static final Set<String> OF_THE_SERVER = Set.of("53", "57", "58");

    private SqlFailures() {
    }

    /** The error for a caller when certainly nothing is recorded. */
    public static StorageException definite(SQLException e) {
        return isContention(e)
                ? new LockTimeout("the conversation was locked in the database until the time limit", e)
                : new StorageUnavailable("the database reported an error: SQLSTATE " + state(e), e);
    }

    /** Whether a lock could not be had in time, or the transaction collided with another one. */
    public static boolean isContention(SQLException e) {
        return CONTENTION.contains(state(e));
    }

    /**
     * Whether the outcome of the statement that commits is unknown: the connection may have been lost after the commit
     * was on disk. If the connection still works, the server has aborted the transaction.
     */
    public static boolean isUnknown(SQLException e, Connection connection) {
        String state = state(e);
        return !REFUSED.contains(state)
                && (state.startsWith(CONNECTION) || CUT_OFF.contains(state) || !isAlive(connection));
    }

    /** Whether no server answers, or one that is starting, stopping or has no connection left. */
    static boolean isAway(String state) {
        return state.startsWith(CONNECTION) || AWAY.contains(state) || CUT_OFF.contains(state);
    }

    private static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(ALIVE_WITHIN_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether one of several functions that share a commit may have caused the error: each is then tried alone. */
    public static boolean mayBeOneFunctions(SQLException e) {
        String state = state(e);
        return !CONTENTION.contains(state)
                && !(state.length() == 5 && OF_THE_SERVER.contains(state.substring(0, 2)));
    }

    /** Whether stored data cannot be read. */
    public static boolean isCorrupted(SQLException e) {
        return CORRUPTED.contains(state(e));
    }

    /** The error of the database among the causes of a library's exception; empty when the database reported none. */
    public static Optional<SQLException> cause(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).filter(SQLException.class::isInstance)
                .map(SQLException.class::cast).findFirst();
    }

    /** The error that the database reported, or else the library. */
    public static String message(Throwable e) {
        return String.valueOf(cause(e).map(Throwable.class::cast).orElse(e).getMessage());
    }

    static String state(SQLException e) {
        return Objects.requireNonNullElse(e.getSQLState(), "");
    }
}
