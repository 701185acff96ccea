package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.SearchDocuments.Place;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.work.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search index: derived from the conversations, and behind them by as much as its queue holds.
 *
 * <p>One thread writes it, in the order of the commits. A search first waits until that thread has done what was queued when the
 * search began, so it sees every commit that returned before (S6, S16); what it finds is then checked against the conversations
 * as they are. When the index is missing, damaged or behind, the thread catches up from the conversations before anything else.
 */
final class SearchIndex {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);
    private static final String COMMIT = "commit";
    /** How long the thread rests when there is nothing to do; whoever waits for it wakes it. */
    private static final long REST_NANOS = 20_000_000;

    private final Directory directory;
    private final Slots slots;
    private final SearchDocuments documents;
    private final ConcurrentLinkedQueue<Task> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final Thread thread;
    private @Nullable IndexWriter writer;
    private long held;
    private long done;
    private volatile @Nullable SearcherManager searchers;

    private sealed interface Task {
    }

    private record Update(Change change, long commit) implements Task {
    }

    private record Flush(CompletableFuture<Boolean> done) implements Task {
    }

    private record Stop(boolean commit) implements Task {
    }

    SearchIndex(Directory directory, Slots slots, MessageAccess messages) {
        this.directory = directory;
        this.slots = slots;
        this.documents = new SearchDocuments(messages);
        this.thread = Thread.ofPlatform().name("confab-search-index").daemon().unstarted(this::run);
    }

    /** The last commit that the index on the disk holds; 0 when it holds none, or will be built anew. */
    static long lastCommit(Directory directory) {
        try {
            String commit = DirectoryReader.indexExists(directory)
                    ? SegmentInfos.readLatestCommit(directory).getUserData().get(COMMIT)
                    : null;
            return commit == null ? 0 : Long.parseLong(commit);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The search index cannot be read: {}", e.toString());
            return 0;
        }
    }

    void start() {
        thread.start();
    }

    /**
     * By the journal's thread, for each commit it publishes, before the commit's caller is told. It wakes nobody: the index's thread
     * would take the core that the caller is about to need.
     */
    void committed(Change change, long commit) {
        queue.add(new Update(change, commit));
        queued.incrementAndGet();
    }

    /** Makes what is indexed durable, as far as that goes: an index that stays behind catches up when it is opened. */
    void flush() {
        var flushed = new CompletableFuture<Boolean>();
        queue.add(new Flush(flushed));
        LockSupport.unpark(thread);
        flushed.join();
    }

    /** After what is queued; and then what is indexed is durable. */
    void close() {
        stop(true);
    }

    /** As a crash would: what was not flushed is lost, and caught up when it is opened. */
    void abandon() {
        stop(false);
    }

    private void stop(boolean commit) {
        queue.add(new Stop(commit));
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where hits stand, in order, behind {@code after}: at most {@code limit}. */
    List<Place> find(Query query, @Nullable Place after, int limit) throws IOException {
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
            // Places are unique, so a document equal to the last one is the last one, whatever its number.
            FieldDoc last = after == null ? null : after.toFieldDoc(documentCount - 1);
            var places = new ArrayList<Place>();
            for (ScoreDoc hit : searcher.searchAfter(last, query, limit, SearchDocuments.ORDER).scoreDocs) {
                places.add(Place.of((FieldDoc) hit));
            }
            return places;
        } finally {
            manager.release(searcher);
        }
    }

    /** Waits until everything committed before this call can be found. */
    void awaitCommitted(long deadlineNanos) throws IOException {
        long target = queued.get();
        LockSupport.unpark(thread);
        synchronized (this) {
            while (done < target || searchers == null) {
                long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (!thread.isAlive()) {
                    throw new StorageUnavailable("the search index is closed");
                }
                if (left <= 0) {
                    throw new StorageUnavailable("the search index is still being built");
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new LockTimeout("interrupted while waiting for the search index", e);
                }
            }
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
                    LockSupport.parkNanos(this, REST_NANOS);
                } else {
                    running = step(task);
                }
            }
        } finally {
            giveUp();
            synchronized (this) {
                notifyAll();
            }
        }
    }

    private boolean step(Task task) {
        switch (task) {
            case Update update -> {
                attempt(open -> documents.update(open, update.change(), slots));
                held = Math.max(held, update.commit());
                progress(1);
            }
            case Flush flush -> {
                attempt(this::commit);
                flush.done().complete(true);
            }
            case Stop stop -> {
                if (stop.commit()) {
                    attempt(this::commit);
                }
                return false;
            }
        }
        return true;
    }

    private interface Action {
        void on(IndexWriter open) throws IOException;
    }

    /** An index that cannot be written is closed and caught up at the next chance; conversations do not depend on it. */
    private void attempt(Action action) {
        if (writer == null) {
            tryToCatchUp();
        }
        IndexWriter open = writer;
        if (open != null) {
            try {
                action.on(open);
            } catch (IOException | RuntimeException e) {
                LOG.warn("The search index cannot be written; it will be caught up: {}", e.toString());
                giveUp();
            }
        }
    }

    private void tryToCatchUp() {
        try {
            catchUp();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The search index cannot be opened: {}", e.toString());
            giveUp();
        }
    }

    private void catchUp() throws IOException {
        IndexWriter open = openOrRebuild();
        writer = open;
        List<Slot> behind = slots.all().stream().filter(slot -> slot.state.commit() > held).toList();
        if (behind.size() > 100) {
            LOG.info("Bringing the search index up to date: {} conversations", behind.size());
        }
        for (Slot slot : behind) {
            documents.reindex(open, slot.id, slots);
            held = Math.max(held, slot.state.commit());
        }
        searchers = new SearcherManager(open, null);
        progress(0);
    }

    /** The conversations' commits may go on meanwhile; what they queue is indexed after. */
    private IndexWriter openOrRebuild() throws IOException {
        try {
            if (DirectoryReader.indexExists(directory)) {
                try (DirectoryReader reader = DirectoryReader.open(directory)) {
                    for (LeafReaderContext leaf : reader.leaves()) {
                        ((SegmentReader) leaf.reader()).checkIntegrity();
                    }
                    String commit = reader.getIndexCommit().getUserData().get(COMMIT);
                    held = commit == null ? 0 : Long.parseLong(commit);
                }
                return new IndexWriter(directory, config(IndexWriterConfig.OpenMode.APPEND));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("The search index is damaged and is built anew: {}", e.toString());
        }
        held = 0;
        for (String file : directory.listAll()) {
            directory.deleteFile(file);
        }
        return new IndexWriter(directory, config(IndexWriterConfig.OpenMode.CREATE));
    }

    private static IndexWriterConfig config(IndexWriterConfig.OpenMode mode) {
        return new IndexWriterConfig().setOpenMode(mode).setCommitOnClose(false).setRAMBufferSizeMB(16);
    }

    private void commit(IndexWriter open) throws IOException {
        open.setLiveCommitData(Map.of(COMMIT, Long.toString(held)).entrySet());
        open.commit();
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
            LOG.warn("Could not close the search index: {}", e.toString());
        }
    }

    private synchronized void progress(int updates) {
        done += updates;
        notifyAll();
    }
}
