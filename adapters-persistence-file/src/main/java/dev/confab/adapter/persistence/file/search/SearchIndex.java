package dev.confab.adapter.persistence.file.search;

import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.health.IndexProgress;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.work.Change;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;

/**
 * The search index. It is derived from the conversations and lags behind them by the queued commits.
 *
 * <p>One thread writes it, in the order of the commits. A search first waits until that thread has indexed the commits that were queued
 * when the search began, so it finds every commit that returned before (S6, S16). The caller then checks each hit against the conversation
 * as it is. When the index is missing, damaged, behind or of another format, the thread first catches up from the conversations: searches
 * wait while that is short; while it is long they are answered from what is indexed, and say so. An index that fails while it is open, as
 * when its directory was removed, is closed and opened again; until that succeeds, searches are refused and all else goes on.
 */
public final class SearchIndex {
    /** How long the thread sleeps between two looks at the queue. A search or a flush wakes it. */
    private static final long IDLE_MILLIS = 20;
    /** How long a search waits for the newest commits while the index is incomplete anyway. */
    private static final long WAIT_WHILE_INCOMPLETE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final IndexDirectory directory;
    private final ConversationTable table;
    private final SearchDocuments documents;
    private final HealthMonitor health;
    private final OpenIndex index;
    private final ConcurrentLinkedQueue<Update> queue = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("confab-search-index").daemon().factory());

    private record Update(Change change, long commit) {
    }

    /** {@link #start} must follow. */
    public SearchIndex(DirectoryOpener directory, ConversationTable table, MessageReader messages,
            HealthMonitor health) {
        this.directory = new IndexDirectory(directory);
        this.table = table;
        this.health = health;
        this.documents = new SearchDocuments(messages);
        this.index = new OpenIndex(this.directory, documents, table, health);
    }

    /** The last commit that the stored index contains; 0 when it contains none or will be built again. */
    public long lastCommit() {
        return directory.lastCommit();
    }

    public void start() {
        thread.execute(() -> guarded(index::openIfClosed));
        var _ = thread.scheduleWithFixedDelay(() -> guarded(() -> {
            indexQueued();
            index.catchUp();
        }), IDLE_MILLIS, IDLE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Queues a published commit. The journal's thread calls it before the caller of the commit goes on. It does not wake the index's
     * thread, which would take the core that the caller is about to need.
     */
    public void add(Change change, long commit) {
        queue.add(new Update(change, commit));
    }

    /**
     * Makes the queued commits durable, if that is possible: an index that lacks some catches up when it is opened. If a message was
     * removed, its terms are removed from the files too, which may rewrite the whole index.
     */
    public void flush() {
        await(CompletableFuture.runAsync(() -> guarded(this::commitQueued), thread));
    }

    /**
     * Removes from the index's files what deleted entries have left there, and makes that durable. It may rewrite the whole index.
     *
     * @throws StorageUnavailable if the index cannot be written now
     */
    public void removeDeleted() {
        var removed = new AtomicBoolean();
        await(CompletableFuture.runAsync(() -> guarded(() -> {
            indexQueued();
            removed.set(index.removeDeleted());
        }), thread));
        if (!removed.get()) {
            throw new StorageUnavailable("the search index cannot be written");
        }
    }

    /** Ends the thread after the queued tasks, and makes the index durable. */
    public void close() {
        end(this::commitQueued);
    }

    /** Ends the thread as a crash would: commits that were not flushed are indexed again when the index is opened. */
    public void abandon() {
        end(queue::clear);
    }

    private void end(Runnable last) {
        if (!thread.isShutdown()) {
            var ended = CompletableFuture.runAsync(() -> {
                try {
                    guarded(last);
                } finally {
                    index.close();
                }
            }, thread);
            thread.shutdown();
            await(ended);
        }
    }

    /** {@link #guarded} has reported the exception of the task. */
    private static void await(CompletableFuture<Void> task) {
        task.exceptionally(_ -> null).join();
    }

    /** Reads what the index contains. */
    public interface Read<R> {
        R from(IndexView view) throws IOException;
    }

    /** Reads the index as of one moment. */
    public <R> R read(Read<R> read) throws IOException {
        SearcherManager manager = index.searchers();
        if (manager == null) {
            throw new StorageUnavailable("the search index is not ready");
        }
        IndexSearcher searcher = manager.acquire();
        try {
            return read.from(new IndexView(searcher));
        } finally {
            manager.release(searcher);
        }
    }

    /** Present while the index lacks conversations that were stored before it was opened. */
    public Optional<IndexProgress> progress() {
        return index.progress();
    }

    /**
     * Waits until everything committed before this call can be found. Returns false when the index still lacks conversations; then it does
     * not wait for long.
     *
     * @throws StorageUnavailable when the deadline passes first or the index is closed
     */
    public boolean awaitCommitted(long deadlineNanos) throws IOException {
        boolean isIncomplete = progress().isPresent();
        try {
            Future<Boolean> complete = thread.submit(() -> {
                guarded(this::refresh);
                return progress().isEmpty();
            });
            long wait = deadlineNanos - System.nanoTime();
            return complete.get(isIncomplete ? Math.min(wait, WAIT_WHILE_INCOMPLETE_NANOS) : wait,
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new StorageUnavailable("the search index is closed", e);
        } catch (TimeoutException e) {
            if (isIncomplete) {
                return false;
            }
            throw new StorageUnavailable("the search index is still being built", e);
        } catch (ExecutionException e) {
            throw new StorageUnavailable("the search index cannot be written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockTimeout("interrupted while waiting for the search index", e);
        }
    }

    /** An executor would drop an {@link Error} without a word, and with it every later run. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            health.threadDied(e);
            throw e;
        }
    }

    private void refresh() {
        indexQueued();
        index.refresh();
    }

    /** Indexes the commits that are queued now, and no later ones: a search waits for this. */
    private void indexQueued() {
        index.openIfClosed();
        for (int left = queue.size(); left > 0; left--) {
            Update next = queue.remove();
            index.attempt(open -> documents.update(open, next.change(), table));
            index.indexed(next.change(), next.commit());
        }
    }

    private void commitQueued() {
        indexQueued();
        index.commit();
    }
}
