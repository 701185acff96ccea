package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The threads that talk to the database for writers, as many as there are connections for it. A caller never does so itself: an
 * interrupt closes the socket that a virtual thread is reading from, and would so make the outcome of a commit unknown, its own
 * and that of the works that share it.
 */
public final class WriterThreads implements AutoCloseable {
    private final DataSource writes;
    private final long queueNanos;
    private final ExecutorService threads;
    /** Not interrupted by anybody, and so may be virtual: there must be no waiting for them. */
    private final ExecutorService lockers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("confab-lock-", 1).factory());
    private final Semaphore lockable;

    /** @param queueTime how long a task may wait for a thread, and a row to be locked for its connection */
    public WriterThreads(DataSource writes, int connections, Duration queueTime) {
        this.writes = writes;
        this.queueNanos = queueTime.toNanos();
        var pool = new ThreadPoolExecutor(connections, connections, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("confab-commit-", 1).factory());
        // Now, so that no commit ever fails for want of a thread.
        pool.prestartAllCoreThreads();
        this.threads = pool;
        this.lockable = new Semaphore(Math.max(1, connections / 2), true);
    }

    /** Something done on a connection. */
    @FunctionalInterface
    interface OnConnection<T> {
        T apply(Connection connection) throws SQLException;
    }

    /** Something with which nothing is committed, done on a connection of its own; waits for it. */
    <T> T read(OnConnection<T> action) {
        return call(() -> {
            try (Connection connection = writes.getConnection()) {
                return action.apply(connection);
            } catch (SQLException e) {
                throw SqlFailures.definite(e);
            }
        });
    }

    /** Something done on one of the threads; waits for it, uninterruptibly. What it throws is thrown. */
    <T> T call(Supplier<T> action) {
        var answer = new CompletableFuture<Answer<T>>();
        submit(refusal -> answer.complete(refusal != null ? new Answer<>(null, refusal) : attempt(action)));
        return answer.join().get();
    }

    /**
     * Something done for a row that is locked, or to lock it, on a thread apart; waits for it, uninterruptibly. Who holds a row
     * must not wait for a thread behind those who wait, here or in another instance, for a row.
     */
    <T> T callLocked(Supplier<T> action) {
        var answer = new CompletableFuture<Answer<T>>();
        try {
            lockers.execute(() -> answer.complete(attempt(action)));
        } catch (RejectedExecutionException e) {
            throw new StorageUnavailable("the store is closed", e);
        }
        return answer.join().get();
    }

    /** A connection to lock a row on; at most half of them all, so that the others' commits go on. To be given back. */
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

    /** Like {@link #giveBack}, but waits for nothing unless the store is being closed. */
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
            // It is broken, and with it ended the lock.
        } finally {
            lockable.release();
        }
    }

    /**
     * Has something done on one of the threads.
     *
     * @param task is given why it must not be done, or null. It must throw nothing
     */
    void submit(Consumer<@Nullable StorageException> task) {
        long submitted = System.nanoTime();
        try {
            threads.execute(() -> task.accept(System.nanoTime() - submitted > queueNanos ? tooBusy() : null));
        } catch (RejectedExecutionException e) {
            task.accept(new StorageUnavailable("the store is closed"));
        }
    }

    Connection connection() throws SQLException {
        return writes.getConnection();
    }

    private static StorageException tooBusy() {
        return new StorageUnavailable("the database is too slow for what is asked of it");
    }

    private static <T> Answer<T> attempt(Supplier<T> action) {
        try {
            return new Answer<>(action.get(), null);
        } catch (RuntimeException | Error e) {
            return new Answer<>(null, e);
        }
    }

    private record Answer<T>(@Nullable T value, @Nullable Throwable failure) {
        @SuppressWarnings("NullAway") // One of the two is there, and a value may be null when T allows it.
        T get() {
            return switch (failure) {
                case null -> value;
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                default -> throw new IllegalStateException(failure);
            };
        }
    }

    /** Lets what was submitted end first. */
    @Override
    public void close() {
        end(threads);
        end(lockers);
    }

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
