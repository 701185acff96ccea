package dev.confab.adapter.persistence.jpa.queue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.RowCommit;
import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.queue.PendingWork.Because;
import dev.confab.adapter.persistence.jpa.queue.PendingWork.Verdict.Failed;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ChangeFeed.Hint;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** BatchCommitter the batches of queues, remembers the heads that result, and tells the feed. */
public final class BatchCommitter {
    private static final Logger LOG = LoggerFactory.getLogger(BatchCommitter.class);

    private final WriterThreads threads;
    private final Consumer<Hint> feed;
    private final WriteObserver observer;
    /** May be behind the database: whatever rests on it is confirmed by its commit. */
    private final Cache<ConversationId, KnownRow> remembered;

    public BatchCommitter(WriterThreads threads, int rememberedHeads, Consumer<Hint> feed, WriteObserver observer) {
        this.threads = threads;
        this.feed = feed;
        this.observer = observer;
        // Evicts in the caller's thread, so that no head is remembered beyond the limit, however busy the common pool is.
        this.remembered = Caffeine.newBuilder().maximumSize(rememberedHeads).executor(Runnable::run).build();
    }

    Optional<KnownRow> remembered(ConversationId id) {
        return Optional.ofNullable(remembered.getIfPresent(id));
    }

    void forget(ConversationId id) {
        remembered.invalidate(id);
    }

    /** Has the queue's batches committed, one after another, until none waits. */
    void start(ConversationQueue queue) {
        threads.submit(refusal -> commitNext(queue, refusal));
    }

    private void commitNext(ConversationQueue queue, @Nullable StorageException refusal) {
        var next = queue.next();
        long start = System.nanoTime();
        Result result = refusal == null ? commit(queue.id, next) : new Refused(refusal);
        watched(() -> observer.committed(next.batch().works.size(), System.nanoTime() - start));
        switch (result) {
            case Done done -> {
                if (next.batch().pending.isChanged()) {
                    publish(queue.id, next.base(), done.after());
                }
                if (queue.committed(next.batch(), done.after())) {
                    start(queue);
                }
            }
            case Lost lost -> {
                forget(queue.id);
                watched(observer::raceLost);
                queue.lost(lost.why());
            }
            case NotCommitted not -> {
                forget(queue.id);
                queue.failed(new Failed(() -> SqlFailures.definite(not.cause())),
                        SqlFailures.mayBeOneWorks(not.cause()));
            }
            case Refused refused -> queue.failed(new Failed(refused::again), false);
            case Unknown unknown -> {
                forget(queue.id);
                queue.unknown(unknown.cause());
            }
        }
    }

    /** Remembers and tells what was committed; before any caller learns of it. */
    void publish(ConversationId id, KnownRow before, KnownRow after) {
        if (after.head().isPresent()) {
            remembered.put(id, after);
        } else {
            forget(id);
        }
        Optional<Conversation> head = after.head().or(before::head);
        head.ifPresent(known -> watched(() -> feed.accept(new Hint(id, known.owner(), before.revision() + 1))));
    }

    /** Whoever only watches must not keep the callers from their outcome. */
    private static void watched(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Who is told of commits threw, which it must not", e);
        }
    }

    private Result commit(ConversationId id, ConversationQueue.NextCommit next) {
        Connection connection;
        try {
            connection = threads.connection();
        } catch (SQLException e) {
            // No work's fault: to try each alone would keep them all waiting for a connection, one after another.
            return new Refused(SqlFailures.definite(e));
        }
        var commit = new RowCommit(connection, id, next.base(), next.batch().pending);
        try {
            return commit.run().<Result>map(Done::new).orElseGet(() -> new Lost(Because.RACE_LOST));
        } catch (SQLException e) {
            if (commit.isSent() && SqlFailures.isUnknown(e, connection)) {
                return new Unknown(e);
            }
            // An id that was assumed absent is there.
            return SqlFailures.UNIQUE_VIOLATION.equals(e.getSQLState())
                    ? new Lost(Because.ID_TAKEN)
                    : new NotCommitted(e);
        } catch (RuntimeException | Error e) {
            // Not foreseen; the callers are told all the same.
            LOG.error("A commit failed in an unknown way", e);
            return commit.isSent() ? new Unknown(e) : new NotCommitted(new SQLException(e));
        } finally {
            close(connection);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // The pool drops a connection that cannot even be given back.
        }
    }

    /** What became of a batch. */
    private sealed interface Result {
    }

    private record Done(KnownRow after) implements Result {
    }

    private record Lost(Because why) implements Result {
    }

    private record NotCommitted(SQLException cause) implements Result {
    }

    private record Refused(StorageException refusal) implements Result {
        StorageException again() {
            return new StorageUnavailable(String.valueOf(refusal.getMessage()), refusal);
        }
    }

    private record Unknown(Throwable cause) implements Result {
    }
}
