package dev.confab.adapter.persistence.file.search;

import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.health.IndexProgress;
import dev.confab.adapter.persistence.file.health.Part;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.domain.conversation.ConversationEvent.MessageRemoved;
import dev.confab.domain.work.Change;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.SearcherManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index while it is open, and again after it failed. Only the index's thread calls its methods, except {@link #searchers} and
 * {@link #progress}.
 */
final class OpenIndex {
    private static final Logger LOG = LoggerFactory.getLogger(OpenIndex.class);
    /** How long after a failure the index is opened again. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How many messages are indexed before searches are answered from an incomplete index: about a second's work. */
    private static final int SHORT_CATCH_UP = 10_000;
    /** How many are indexed at a time after that. */
    private static final int SLICE = 500;

    private final IndexDirectory directory;
    private final SearchDocuments documents;
    private final ConversationTable table;
    private final HealthMonitor health;
    private volatile @Nullable SearcherManager searchers;
    private volatile Optional<IndexProgress> progress = Optional.empty();
    private @Nullable IndexWriter writer;
    private @Nullable CatchUp catchUp;
    /** The last commit that the index contains, unless it is still catching up. */
    private long indexed;
    /** Whether the index's files may still have terms of a removed message. */
    private boolean holdsRemoved;
    private Optional<Long> failedNanos = Optional.empty();

    OpenIndex(IndexDirectory directory, SearchDocuments documents, ConversationTable table, HealthMonitor health) {
        this.directory = directory;
        this.documents = documents;
        this.table = table;
        this.health = health;
    }

    interface Action {
        void on(IndexWriter open) throws IOException;
    }

    /** Null while the index is closed. */
    @Nullable
    SearcherManager searchers() {
        return searchers;
    }

    /** Present while conversations are missing that were stored before the index was opened. */
    Optional<IndexProgress> progress() {
        return progress;
    }

    /** An index that fails is closed and opened again; conversations do not depend on it. */
    void attempt(Action action) {
        openIfClosed();
        IndexWriter open = writer;
        if (open != null) {
            try {
                action.on(open);
            } catch (IOException | RuntimeException e) {
                health.failed(Part.SEARCH, "the index failed: " + reason(e));
                close();
                openIfClosed();
            }
        }
    }

    void openIfClosed() {
        if (writer == null && failedNanos.filter(at -> System.nanoTime() - at < RETRY_NANOS).isEmpty()) {
            open();
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException failed ? IoReason.of(failed) : e.toString();
    }

    /** Opens the index, and catches up if that is little work. Conversations may change meanwhile: those commits are queued and indexed after. */
    private void open() {
        try {
            IndexDirectory.Opened opened = directory.open();
            writer = opened.writer();
            indexed = opened.commit();
            var missing = new CatchUp(documents, table, opened.commit());
            catchUp = missing;
            // Which commits are missing is not known any more; one of them may have removed a message.
            holdsRemoved |= !missing.isDone();
            missing.indexUpTo(opened.writer(), SHORT_CATCH_UP);
            searchers = new SearcherManager(opened.writer(), null);
            failedNanos = Optional.empty();
            health.works(Part.SEARCH);
            endIfDone(missing);
            progress.ifPresent(so -> LOG.info("Search index: {} of {} conversations are indexed. The others follow; "
                    + "until then searches find only what is indexed", so.indexed(), so.total()));
        } catch (IOException | RuntimeException e) {
            health.failed(Part.SEARCH, "the index cannot be opened: " + reason(e));
            close();
            failedNanos = Optional.of(System.nanoTime());
        }
    }

    /** Indexes some of the conversations that are still missing. */
    void catchUp() {
        CatchUp missing = catchUp;
        if (missing != null) {
            attempt(open -> {
                missing.indexNext(open);
                missing.indexUpTo(open, SLICE);
                endIfDone(missing);
            });
        }
    }

    private void endIfDone(CatchUp missing) {
        if (missing.isDone()) {
            if (progress.isPresent()) {
                LOG.info("Search index: all {} conversations are indexed", missing.progress().total());
            }
            indexed = Math.max(indexed, missing.contained());
            catchUp = null;
            progress = Optional.empty();
        } else {
            progress = Optional.of(missing.progress());
        }
    }

    /** The commit of the change, and all before it that were queued, are indexed. */
    void indexed(Change change, long commit) {
        holdsRemoved |= change.events().stream().anyMatch(MessageRemoved.class::isInstance);
        indexed = Math.max(indexed, commit);
    }

    /** The last commit up to which the index contains all. */
    private long contained() {
        return catchUp == null ? indexed : catchUp.contained();
    }

    void refresh() {
        attempt(_ -> {
            SearcherManager open = searchers;
            if (open != null) {
                open.maybeRefreshBlocking();
            }
        });
    }

    /** Makes it durable, without the terms of removed messages. */
    void commit() {
        if (holdsRemoved) {
            holdsRemoved = !removeDeleted();
        } else {
            attempt(open -> IndexDirectory.commit(open, contained()));
        }
    }

    /** Whether it could be written. */
    boolean removeDeleted() {
        boolean[] removed = new boolean[1];
        attempt(open -> {
            SearcherManager reading = searchers;
            if (reading != null) {
                IndexDirectory.removeDeleted(open, contained(), reading);
                removed[0] = true;
            }
        });
        return removed[0];
    }

    void close() {
        // Closing the writer discards uncommitted documents: see IndexDirectory.
        try (IndexWriter _ = writer; SearcherManager _ = searchers) {
            searchers = null;
            writer = null;
            catchUp = null;
            progress = Optional.empty();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Search index: closing failed; it is opened again anyway: {}", e.toString());
        }
    }
}
