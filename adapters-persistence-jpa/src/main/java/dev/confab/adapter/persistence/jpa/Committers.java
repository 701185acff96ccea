package dev.confab.adapter.persistence.jpa;

import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The threads that talk to the database for writers, as many as there are connections for it. A caller never does so itself: an
 * interrupt closes the socket that a virtual thread is reading from, and would so make the outcome of a commit unknown, its own
 * and that of the works that share it.
 */
final class Committers implements AutoCloseable {
    private final DataSource writes;
    private final long queueNanos;
    private final ExecutorService threads;

    /** @param queueTime how long a task may wait for a thread */
    Committers(DataSource writes, int connections, Duration queueTime) {
        this.writes = writes;
        this.queueNanos = queueTime.toNanos();
        this.threads = Executors.newFixedThreadPool(connections,
                Thread.ofPlatform().daemon().name("confab-commit-", 1).factory());
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
    <T> T call(java.util.function.Supplier<T> action) {
        var answer = new CompletableFuture<Answer<T>>();
        submit(refusal -> answer.complete(refusal != null ? new Answer<>(null, refusal) : attempt(action)));
        return answer.join().get();
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

    private static <T> Answer<T> attempt(java.util.function.Supplier<T> action) {
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
        threads.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
