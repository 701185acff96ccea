package dev.confab.adapter.persistence.file.search;

import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.memory.Threads;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.work.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search index. It is derived from the conversations and behind them by what is queued.
 *
 * <p>One thread writes it, in the order of the commits. A search first waits until that thread has done what was queued when the search
 * began, so it finds every commit that returned before (S6, S16). The caller then checks each hit against the conversation as it is. When
 * the index is missing, damaged or behind, the thread first catches up from the conversations.
 */
public final class SearchIndex {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);
    /** How long the thread sleeps when the queue is empty. A search or a flush wakes it. */
    private static final long IDLE_NANOS = 20_000_000;

    private final IndexDirectory directory;
    private final ConversationTable table;
    private final SearchDocuments documents;
    private final ConcurrentLinkedQueue<Task> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progressed = lock.newCondition();
    /** Updates of the queue that were done; {@link #lock} guards it. */
    private long done;
    private volatile @Nullable SearcherManager searchers;
    private volatile boolean ended;
    /** Of the index's thread, as is {@link #indexed}. */
    private @Nullable IndexWriter writer;
    /** The last commit that the index contains. */
    private long indexed;

    private sealed interface Task {
    }

    private record Update(Change change, long commit) implements Task {
    }

    private record Flush(CompletableFuture<Boolean> done) implements Task {
    }

    private record Stop(boolean flush) implements Task {
    }

    /** {@link #start} must follow. */
    public SearchIndex(Directory directory, ConversationTable table, MessageReader messages) {
        this.directory = new IndexDirectory(directory);
        this.table = table;
        this.documents = new SearchDocuments(messages);
        this.thread = Thread.ofPlatform().name("confab-search-index").daemon().unstarted(this::run);
    }

    /** The last commit that the stored index contains; 0 when it contains none or will be built again. */
    public long lastCommit() {
        return directory.lastCommit();
    }

    public void start() {
        thread.start();
    }

    /**
     * Queues a published commit. The journal's thread calls it before the caller of the commit goes on. It does not wake the index's
     * thread, which would take the core that the caller is about to need.
     */
    public void add(Change change, long commit) {
        queue.add(new Update(change, commit));
        queued.incrementAndGet();
    }

    /** Makes durable what is queued, if that is possible: an index that stays behind catches up when it is opened. */
    public void flush() {
        var flushed = new CompletableFuture<Boolean>();
        queue.add(new Flush(flushed));
        LockSupport.unpark(thread);
        flushed.join();
    }

    /** Ends the thread after what is queued, and makes the index durable. */
    public void close() {
        stop(true);
    }

    /** Ends the thread as a crash would: what was not flushed is lost, and caught up when the index is opened. */
    public void abandon() {
        stop(false);
    }

    private void stop(boolean flush) {
        queue.add(new Stop(flush));
        LockSupport.unpark(thread);
        Threads.join(thread);
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
            var found = new ArrayList<SearchQuery.Key>();
            for (ScoreDoc hit : searcher.searchAfter(last, SearchDocuments.query(owner, query), limit,
                    SearchDocuments.ORDER).scoreDocs) {
                found.add(SearchDocuments.key((FieldDoc) hit));
            }
            return found;
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
        long target = queued.get();
        LockSupport.unpark(thread);
        lock.lock();
        try {
            while (done < target || searchers == null) {
                if (ended) {
                    throw new StorageUnavailable("the search index is closed");
                }
                if (progressed.awaitNanos(deadlineNanos - System.nanoTime()) <= 0
                        && (done < target || searchers == null)) {
                    throw new StorageUnavailable("the search index is still being built");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockTimeout("interrupted while waiting for the search index", e);
        } finally {
            lock.unlock();
        }
        SearcherManager manager = searchers;
        if (manager != null) {
            manager.maybeRefreshBlocking();
        }
    }

    private void run() {
        try {
            boolean running = true;
            tryToCatchUp();
            while (running) {
                Task task = queue.poll();
                if (task == null) {
                    LockSupport.parkNanos(this, IDLE_NANOS);
                } else {
                    running = step(task);
                }
            }
        } finally {
            giveUp();
            ended = true;
            progress(0);
        }
    }

    private boolean step(Task task) {
        return switch (task) {
            case Update(Change change, long commit) -> {
                attempt(open -> documents.update(open, change, table));
                indexed = Math.max(indexed, commit);
                progress(1);
                yield true;
            }
            case Flush flush -> {
                attempt(open -> IndexDirectory.commit(open, indexed));
                flush.done().complete(true);
                yield true;
            }
            case Stop stop -> {
                if (stop.flush()) {
                    attempt(open -> IndexDirectory.commit(open, indexed));
                }
                yield false;
            }
        };
    }

    private interface Action {
        void on(IndexWriter open) throws IOException;
    }

    /** An index that cannot be written is closed, and catches up at the next task; conversations do not depend on it. */
    private void attempt(Action action) {
        if (writer == null) {
            tryToCatchUp();
        }
        IndexWriter open = writer;
        if (open != null) {
            try {
                action.on(open);
            } catch (IOException | RuntimeException e) {
                LOG.warn("Search index: writing failed; it will catch up at the next commit: {}", e.toString());
                giveUp();
            }
        }
    }

    private void tryToCatchUp() {
        try {
            catchUp();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Search index: opening failed; searches fail until it succeeds at a later commit: {}",
                    e.toString());
            giveUp();
        }
    }

    /** Conversations may change meanwhile: those commits are queued and indexed after. */
    private void catchUp() throws IOException {
        IndexDirectory.Opened opened = directory.open();
        writer = opened.writer();
        indexed = opened.commit();
        List<ConversationEntry> behind = table.all().stream().filter(entry -> entry.state().commit() > indexed)
                .toList();
        if (behind.size() > 100) {
            LOG.info("Search index: indexing {} conversations that changed since it was last written", behind.size());
        }
        for (ConversationEntry entry : behind) {
            documents.reindex(opened.writer(), entry.id(), table);
            indexed = Math.max(indexed, entry.state().commit());
        }
        searchers = new SearcherManager(opened.writer(), null);
        progress(0);
    }

    private void giveUp() {
        SearcherManager manager = searchers;
        IndexWriter open = writer;
        searchers = null;
        writer = null;
        try {
            if (manager != null) {
                manager.close();
            }
            if (open != null) {
                open.rollback();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Search index: closing failed; it is opened again all the same: {}", e.toString());
        }
    }

    private void progress(int updates) {
        lock.lock();
        try {
            done += updates;
            progressed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
