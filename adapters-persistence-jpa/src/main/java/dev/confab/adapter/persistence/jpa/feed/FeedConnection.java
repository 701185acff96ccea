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
 * One of the change feed's connections, made again whenever it died. One thread runs steps on it; any may close it. Every
 * statement has a time limit at both ends, so that a connection that died in silence is noticed by the next step.
 */
final class FeedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(FeedConnection.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final String purpose;
    private final DataSource database;
    private final FeedCounts counts;
    private final Step prepare;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection connection;
    private int failures;

    /** What is done on the connection. */
    @FunctionalInterface
    interface Step {
        void on(Connection connection) throws SQLException;
    }

    /**
     * Connects; later losses are made good, but who has no database now should not start.
     *
     * @param purpose names the connection in the log
     * @param prepare done on every new connection before anything else
     */
    FeedConnection(String purpose, DataSource database, FeedCounts counts, Step prepare) throws SQLException {
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
     * Runs one step on the connection that lives, or on a new one; false when it failed, and then the connection is given up: the
     * next run pauses, longer after every failure, and connects again.
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
        // A close from now on sees the connection; one before is seen here.
        if (isClosed()) {
            throw new SQLException("closed");
        }
        prepare.on(fresh);
        return fresh;
    }

    private void pauseAfterFailures() throws SQLException {
        long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.clamp(failures - 1, 0, 10));
        // Random, so that the instances do not all come back at the same moment.
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
            LOG.info("The change feed's connection for {} is back", purpose);
            counts.reconnects().increment();
            failures = 0;
        }
    }

    private void failed(Exception e) {
        abort();
        if (!isClosed() && failures++ == 0) {
            LOG.warn("The change feed's connection for {} is lost, hints come late until it is back: {}", purpose,
                    e.toString());
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Ends a step under way, and the pauses; no step runs any more. */
    void close() {
        closed.countDown();
        abort();
    }

    private void abort() {
        Connection dying = connection;
        connection = null;
        if (dying != null) {
            try {
                // Not close(), which would wait for an answer that is under way.
                dying.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("A connection of the change feed could not be aborted", e);
            }
        }
    }
}
