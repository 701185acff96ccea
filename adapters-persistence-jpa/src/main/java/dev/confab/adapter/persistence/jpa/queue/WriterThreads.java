package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The threads that use the database for writers, as many as connections for writes. A caller's thread never does: an
 * interrupt closes the socket from which a virtual thread reads, and the outcome of a shared commit would be unknown.
 */
public final class WriterThreads implements AutoCloseable {
    private final DataSource writes;
    private final long queueNanos;
    private final ExecutorService threads;
    /** One thread a task, so that no task waits for a thread. They may be virtual, since nothing interrupts them. */
    private final ExecutorService lockers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("confab-lock-", 1).factory());
    private final Semaphore lockable;

    /** @param queueTime how long a task may wait for a thread, and the locking of a row for its connection */
    public WriterThreads(DataSource writes, int connections, Duration queueTime) {
        this.writes = writes;
        this.queueNanos = queueTime.toNanos();
        var pool = new ThreadPoolExecutor(connections, connections, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("confab-commit-", 1).factory());
        // Starts them now, so that no commit fails because a thread cannot be started.
        pool.prestartAllCoreThreads();
        this.threads = pool;
        this.lockable = new Semaphore(Math.max(1, connections / 2), true);
    }

    /** What to do with a connection. */
    @FunctionalInterface
    public interface OnConnection<T> {
        T apply(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    interface SqlCall<T> {
        T get() throws SQLException;
    }

    /**
     * Runs the action on a connection of its own and waits for it. An error of the database is reported as if nothing was recorded, so
     * an action that commits something must itself report an unknown outcome.
     */
    public <T> T onConnection(OnConnection<T> action) {
        return call(() -> {
            try (Connection connection = writes.getConnection()) {
                return action.apply(connection);
            }
        });
    }

    /** Runs the action on one of the threads and waits for it, whatever interrupts the caller. */
    <T> T call(SqlCall<T> action) {
        long submitted = System.nanoTime();
        return await(threads, () -> {
            if (isLate(submitted)) {
                throw tooBusy();
            }
            return action.get();
        });
    }

    /**
     * The same on a thread of its own, for an action that locks a row or runs while a row is locked: the holder of a
     * row must not wait for a thread behind tasks that wait, here or in another instance, for a row.
     */
    <T> T callLocked(SqlCall<T> action) {
        return await(lockers, action);
    }

    /** Passes on the action's exceptions; errors of the database become a {@code StorageException}. */
    private static <T> T await(ExecutorService executor, SqlCall<T> action) {
        try {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return action.get();
                } catch (SQLException e) {
                    throw SqlFailures.definite(e);
                }
            }, executor).join();
        } catch (RejectedExecutionException e) {
            throw closed();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                case null, default -> throw e;
            }
        }
    }

    /** A connection on which to lock a row; at most half of all, so that other commits go on. */
    Connection connectionToLock() throws SQLException {
        try {
            if (!lockable.tryAcquire(queueNanos, TimeUnit.NANOSECONDS)) {
                throw new SQLTransientConnectionException("too many rows are locked");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted", e);
        }
        try {
            return writes.getConnection();
        } catch (SQLException | RuntimeException e) {
            lockable.release();
            throw e;
        }
    }

    /** Like {@link #giveBack}, but without waiting, unless the store is being closed. */
    void giveBackSoon(Connection locking) {
        try {
            lockers.execute(() -> giveBack(locking));
        } catch (RejectedExecutionException e) {
            giveBack(locking);
        }
    }

    /** Throws nothing. */
    void giveBack(Connection locking) {
        try {
            locking.close();
        } catch (SQLException e) {
            // The connection is broken, which also ended the lock.
        } finally {
            lockable.release();
        }
    }

    /** Runs a task on one of the threads. It gets the reason why it must not run, or null, and must throw nothing. */
    void submit(Consumer<@Nullable StorageException> task) {
        long submitted = System.nanoTime();
        try {
            threads.execute(() -> task.accept(isLate(submitted) ? tooBusy() : null));
        } catch (RejectedExecutionException e) {
            task.accept(closed());
        }
    }

    Connection connection() throws SQLException {
        return writes.getConnection();
    }

    private boolean isLate(long submitted) {
        return System.nanoTime() - submitted > queueNanos;
    }

    private static StorageUnavailable tooBusy() {
        return new StorageUnavailable("the database is too slow for the number of requests");
    }

    private static StorageUnavailable closed() {
        return new StorageUnavailable("the store is closed");
    }

    /** Waits for the submitted tasks first. */
    @Override
    public void close() {
        end(threads);
        end(lockers);
    }

    /** Not {@link ExecutorService#close}, which on an interrupt would interrupt the tasks. */
    private static void end(ExecutorService threads) {
        threads.shutdown();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
