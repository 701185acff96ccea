package dev.confab.adapter.persistence.jpa.queue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confab.adapter.persistence.jpa.commit.KnownRow;
import dev.confab.adapter.persistence.jpa.commit.PendingChange;
import dev.confab.adapter.persistence.jpa.commit.RowCommit;
import dev.confab.adapter.persistence.jpa.database.SqlFailures;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.Committed;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.Failed;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.Reason;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.RunAgain;
import dev.confab.adapter.persistence.jpa.queue.CommitOutcome.Unknown;
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

/** Commits the batches of queues, remembers the rows that result, and passes the hints to the change feed. */
public final class BatchCommitter {
    private static final Logger LOG = LoggerFactory.getLogger(BatchCommitter.class);

    private final WriterThreads threads;
    private final Consumer<Hint> feed;
    private final WriteObserver observer;
    /** May be older than the database: whatever is built on a remembered row is confirmed by its commit. */
    private final Cache<ConversationId, KnownRow> remembered;

    public BatchCommitter(WriterThreads threads, int rememberedHeads, Consumer<Hint> feed, WriteObserver observer) {
        this.threads = threads;
        this.feed = feed;
        this.observer = observer;
        // Evicts in the caller's thread: no head is remembered beyond the limit, however busy the common pool is.
        this.remembered = Caffeine.newBuilder().maximumSize(rememberedHeads).executor(Runnable::run).build();
    }

    Optional<KnownRow> remembered(ConversationId id) {
        return Optional.ofNullable(remembered.getIfPresent(id));
    }

    void forget(ConversationId id) {
        remembered.invalidate(id);
    }

    /** Commits the queue's batches one after another, on threads for writers, until no batch waits. */
    void start(ConversationQueue queue) {
        threads.submit(refusal -> commitNext(queue, refusal));
    }

    private void commitNext(ConversationQueue queue, @Nullable StorageException refusal) {
        var next = queue.next();
        long start = System.nanoTime();
        CommitOutcome outcome = refusal == null
                ? commit(queue.id, next)
                : new Failed(() -> new StorageUnavailable(String.valueOf(refusal.getMessage()), refusal));
        notifyObserver(() -> observer.committed(next.batch().functions.size(), System.nanoTime() - start));
        switch (outcome) {
            case Committed(KnownRow after) -> committed(queue.id, next.batch().pending, next.base(), after);
            case RunAgain(Reason reason) -> {
                if (reason == Reason.RACE_LOST || reason == Reason.ID_TAKEN) {
                    notifyObserver(observer::raceLost);
                }
            }
            case Failed _,Unknown _ -> {
                // The callers get the error.
            }
        }
        if (queue.end(outcome)) {
            start(queue);
        }
    }

    private CommitOutcome commit(ConversationId id, ConversationQueue.NextCommit next) {
        Connection connection;
        try {
            connection = threads.connection();
        } catch (SQLException e) {
            // No function caused it: if each ran again alone, they would wait for a connection one after another.
            return new Failed(() -> SqlFailures.definite(e));
        }
        // Remembered again when it is known to be committed.
        forget(id);
        try {
            return CommitOutcome.of(new RowCommit(connection, id, next.base(), next.batch().pending),
                    next.batch().functions.size() > 1);
        } finally {
            close(connection);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // The pool drops a connection that cannot be returned; the outcome of the commit stays.
        }
    }

    /** Remembers the committed row, and passes a change to the feed, before its callers get their outcome. */
    void committed(ConversationId id, PendingChange change, KnownRow before, KnownRow after) {
        if (after.head().isPresent()) {
            remembered.put(id, after);
        } else {
            forget(id);
        }
        if (change.isChanged()) {
            after.head().or(before::head).filter(head -> !head.isStaged()).ifPresent(head -> notifyObserver(
                    () -> feed.accept(new Hint(id, head.owner(), before.revision() + 1))));
        }
    }

    /** An observer that throws must not keep the callers from their outcome. */
    private static void notifyObserver(Runnable notification) {
        try {
            notification.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Observer of commits threw an exception; the commit is not affected", e);
        }
    }
}
