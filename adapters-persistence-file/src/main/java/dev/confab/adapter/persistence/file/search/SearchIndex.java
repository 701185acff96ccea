package dev.confab.adapter.persistence.file.search;

import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.health.Part;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.domain.conversation.ConversationEvent.MessageRemoved;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.work.Change;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search index. It is derived from the conversations and lags behind them by the queued commits.
 *
 * <p>One thread writes it, in the order of the commits. A search first waits until that thread has indexed the commits that were queued
 * when the search began, so it finds every commit that returned before (S6, S16). The caller then checks each hit against the conversation
 * as it is. When the index is missing, damaged or behind, the thread first catches up from the conversations. An index that fails while it
 * is open, as when its directory was removed, is closed and opened again; until that succeeds, searches are refused and all else goes on.
 */
public final class SearchIndex {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);
    /** How long the thread sleeps between two looks at the queue. A search or a flush wakes it. */
    private static final long IDLE_MILLIS = 20;
    /** How long after a failure the index is opened again. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final IndexDirectory directory;
    private final ConversationTable table;
    private final SearchDocuments documents;
    private final HealthMonitor health;
    private final ConcurrentLinkedQueue<Update> queue = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("confab-search-index").daemon().factory());
    private volatile @Nullable SearcherManager searchers;
    /** Only the index's thread uses these. */
    private @Nullable IndexWriter writer;
    /** The last commit that the index contains. */
    private long indexed;
    /** Whether the index's files may still have terms of a removed message. */
    private boolean holdsRemoved;
    private Optional<Long> failedNanos = Optional.empty();

    private record Update(Change change, long commit) {
    }

    /** {@link #start} must follow. */
    public SearchIndex(DirectoryOpener directory, ConversationTable table, MessageReader messages,
            HealthMonitor health) {
        this.directory = new IndexDirectory(directory);
        this.table = table;
        this.health = health;
        this.documents = new SearchDocuments(messages);
    }

    /** The last commit that the stored index contains; 0 when it contains none or will be built again. */
    public long lastCommit() {
        return directory.lastCommit();
    }

    public void start() {
        thread.execute(() -> guarded(this::openIfClosed));
        var _ = thread.scheduleWithFixedDelay(() -> guarded(this::indexQueued), IDLE_MILLIS, IDLE_MILLIS,
                TimeUnit.MILLISECONDS);
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
            attempt(open -> {
                IndexDirectory.removeDeleted(open, indexed, Objects.requireNonNull(searchers));
                removed.set(true);
            });
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
                    closeIndex();
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

    /** Up to {@code limit} hits after {@code after}, in order. */
    public List<SearchQuery.Key> find(OwnerId owner, SearchQuery query, Optional<SearchQuery.Key> after, int limit)
            throws IOException {
        SearcherManager manager = searchers;
        if (manager == null) {
            throw new StorageUnavailable("the search index is not ready");
        }
        IndexSearcher searcher = manager.acquire();
        try {
            int documentCount = searcher.getIndexReader().maxDoc();
            if (documentCount == 0) {
                return List.of();
            }
            // Keys are unique, so whichever document has the key of the last hit is that hit: any number will do.
            FieldDoc last = after.map(key -> SearchDocuments.position(key, documentCount - 1)).orElse(null);
            var hits = searcher.searchAfter(last, SearchDocuments.query(owner, query), limit, SearchDocuments.ORDER);
            return Arrays.stream(hits.scoreDocs).map(hit -> SearchDocuments.key((FieldDoc) hit)).toList();
        } finally {
            manager.release(searcher);
        }
    }

    /**
     * Waits until everything committed before this call can be found.
     *
     * @throws StorageUnavailable when the deadline passes first or the index is closed
     */
    public void awaitCommitted(long deadlineNanos) throws IOException {
        try {
            thread.submit(() -> guarded(this::refresh)).get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new StorageUnavailable("the search index is closed", e);
        } catch (TimeoutException e) {
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
        attempt(_ -> {
            SearcherManager open = searchers;
            if (open != null) {
                open.maybeRefreshBlocking();
            }
        });
    }

    /** Indexes the commits that are queued now, and no later ones: a search waits for this. */
    private void indexQueued() {
        openIfClosed();
        for (int left = queue.size(); left > 0; left--) {
            Update next = queue.remove();
            attempt(open -> documents.update(open, next.change(), table));
            holdsRemoved |= next.change().events().stream().anyMatch(MessageRemoved.class::isInstance);
            indexed = Math.max(indexed, next.commit());
        }
    }

    private void commitQueued() {
        indexQueued();
        attempt(open -> {
            if (holdsRemoved) {
                IndexDirectory.removeDeleted(open, indexed, Objects.requireNonNull(searchers));
                holdsRemoved = false;
            } else {
                IndexDirectory.commit(open, indexed);
            }
        });
    }

    private interface Action {
        void on(IndexWriter open) throws IOException;
    }

    /** An index that fails is closed and opened again; conversations do not depend on it. */
    private void attempt(Action action) {
        openIfClosed();
        IndexWriter open = writer;
        if (open != null) {
            try {
                action.on(open);
            } catch (IOException | RuntimeException e) {
                health.failed(Part.SEARCH, "the index failed: " + reason(e));
                closeIndex();
                openIfClosed();
            }
        }
    }

    private void openIfClosed() {
        if (writer == null && failedNanos.filter(at -> System.nanoTime() - at < RETRY_NANOS).isEmpty()) {
            catchUp();
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException failed ? IoReason.of(failed) : e.toString();
    }

    /** Opens the index. Conversations may change meanwhile: those commits are queued and indexed after. */
    private void catchUp() {
        try {
            IndexDirectory.Opened opened = directory.open();
            writer = opened.writer();
            indexed = opened.commit();
            List<ConversationEntry> behind = table.all().stream().filter(entry -> entry.state().commit() > indexed)
                    .toList();
            if (behind.size() > 100) {
                LOG.info("Search index: indexing {} conversations that changed since it was last written",
                        behind.size());
            }
            // Which commits are missing is not known any more; one of them may have removed a message.
            holdsRemoved |= !behind.isEmpty();
            for (ConversationEntry entry : behind) {
                documents.reindex(opened.writer(), entry.id(), table);
                indexed = Math.max(indexed, entry.state().commit());
            }
            searchers = new SearcherManager(opened.writer(), null);
            failedNanos = Optional.empty();
            health.works(Part.SEARCH);
        } catch (IOException | RuntimeException e) {
            health.failed(Part.SEARCH, "the index cannot be opened: " + reason(e));
            closeIndex();
            failedNanos = Optional.of(System.nanoTime());
        }
    }

    private void closeIndex() {
        // Closing the writer discards uncommitted documents: see IndexDirectory.
        try (IndexWriter _ = writer; SearcherManager _ = searchers) {
            searchers = null;
            writer = null;
        } catch (IOException | RuntimeException e) {
            LOG.warn("Search index: closing failed; it is opened again anyway: {}", e.toString());
        }
    }
}
