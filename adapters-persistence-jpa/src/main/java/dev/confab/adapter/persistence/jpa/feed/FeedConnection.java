package dev.confab.adapter.persistence.jpa.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the change feed, opened again when it is lost. One thread runs steps on it; any thread may close it.
 * Every statement has a time limit at both ends, so the next step notices a dead connection.
 */
final class FeedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(FeedConnection.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final String purpose;
    private final DataSource database;
    private final FeedCounters counts;
    private final Step prepare;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection connection;
    private int failures;

    @FunctionalInterface
    interface Step {
        void on(Connection connection) throws SQLException;
    }

    /**
     * Connects; throws when that fails, since without a database the store must not start.
     *
     * @param purpose names the connection in the log
     * @param prepare the first step on every new connection
     */
    FeedConnection(String purpose, DataSource database, FeedCounters counts, Step prepare) throws SQLException {
        this.purpose = purpose;
        this.database = database;
        this.counts = counts;
        this.prepare = prepare;
        try {
            connect();
        } catch (SQLException e) {
            abort();
            throw e;
        }
    }

    /**
     * Runs a step and returns whether it succeeded. After a failure the connection is closed, and the next run pauses,
     * longer after every failure, and connects again.
     */
    boolean run(Step step) {
        try {
            Connection live = connection;
            if (live == null) {
                pauseAfterFailures();
                live = connect();
            }
            step.on(live);
            succeeded();
            return true;
        } catch (SQLException | RuntimeException e) {
            failed(e);
            return false;
        }
    }

    private Connection connect() throws SQLException {
        Connection fresh = database.getConnection();
        connection = fresh;
        // A later close() sees the connection; an earlier one is noticed here.
        if (isClosed()) {
            throw new SQLException("closed");
        }
        prepare.on(fresh);
        return fresh;
    }

    private void pauseAfterFailures() throws SQLException {
        long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.clamp(failures - 1, 0, 10));
        // Random, so that not all instances reconnect at the same moment.
        long pause = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
        try {
            if (closed.await(pause, TimeUnit.MILLISECONDS)) {
                throw new SQLException("closed");
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new SQLException("closed", e);
        }
    }

    private void succeeded() {
        if (failures > 0) {
            LOG.info("Change feed connection for {} is restored", purpose);
            counts.reconnects().increment();
            failures = 0;
        }
    }

    private void failed(Exception e) {
        abort();
        if (!isClosed() && failures++ == 0) {
            LOG.warn("Change feed connection for {} lost; reconnecting, hints are late until then: {}", purpose,
                    e.toString());
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Ends a running step and the pauses. No step runs afterwards. */
    void close() {
        closed.countDown();
        abort();
    }

    private void abort() {
        Connection dying = connection;
        connection = null;
        if (dying != null) {
            try {
                // Not close(), which would wait for the answer of a running statement.
                dying.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("Change feed connection could not be aborted", e);
            }
        }
    }
}
