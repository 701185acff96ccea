package dev.confab.adapter.persistence.file.journal;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Disk.ForceFailed;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.memory.ThreadJoin;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write-ahead journal with group commit: one platform thread takes all commits that wait, writes them as one line, forces the file
 * once, and then publishes and completes them. It needs no timer, because a batch forms while the force before it runs.
 *
 * <p>Why it is right: only that thread touches the file, so lines never mix and an interrupt of a caller cannot close it. A line is
 * written only after the one before was forced, so at most the last line can be torn. A commit is published and completed only after its
 * force, in the order of the lines. A failed force is final: what the page cache and the disk hold is unknown from then on (Rebello et
 * al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020), so nothing is written after it.
 */
public final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    /** A batch takes no further commit once it has this many bytes. */
    private static final int BATCH_BYTES = 4 << 20;

    private final Disk disk;
    private final Layout layout;
    private final JournalBacklog backlog;
    private final ForcedCommits forcedCommits;
    private final LinkedBlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private JournalSegment segment;
    private long lastBatch;
    private long lastCommit;
    private volatile Optional<String> failure = Optional.empty();
    private volatile boolean closed;

    private sealed interface Task {
    }

    private record Write(PendingCommit commit) implements Task {
    }

    private record Rotate(CompletableFuture<EndedSegments> done) implements Task {
    }

    private record Stop() implements Task {
    }

    /** What a checkpoint has to cover: all segments up to the number {@code last}, with commits of these conversations. */
    public record EndedSegments(long last, Set<ConversationId> conversations, long bytes) {
    }

    /** Continues after {@code last}, in a new segment. {@link #start} must follow. */
    public Journal(Disk disk, Layout layout, JournalPosition last, JournalBacklog backlog, ForcedCommits forced)
            throws IOException {
        this.disk = disk;
        this.layout = layout;
        this.backlog = backlog;
        this.forcedCommits = forced;
        this.lastBatch = last.batch();
        this.lastCommit = last.commit();
        this.segment = JournalSegment.create(disk, layout, last.segment() + 1);
        this.thread = Thread.ofPlatform().name("confab-journal").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Queues the commit; {@link PendingCommit#await} gives its outcome. */
    public void submit(PendingCommit commit) {
        enqueue(new Write(commit));
    }

    private void enqueue(Task task) {
        refuseIfOver();
        queue.add(task);
        if (closed) {
            // The thread may have ended before it saw this task; then it is refused here.
            refuseQueued();
        }
    }

    /** Waits until the journal has room. The caller must not hold a write permit, or no checkpoint could make room. */
    public void awaitRoom(long bound, long deadlineNanos) {
        backlog.await(bound, deadlineNanos, this::refuseIfOver);
    }

    /** Why nothing can be written any more; empty while all is well. */
    public Optional<String> failure() {
        return failure;
    }

    /** Ends the segment and begins the next one. If that fails, it throws {@link StorageException} and the old one continues. */
    public EndedSegments rotate() {
        var done = new CompletableFuture<EndedSegments>();
        enqueue(new Rotate(done));
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StorageException failed ? failed : e;
        }
    }

    /** A force failed somewhere in the store: nothing is written from here on. */
    public void fail(Throwable cause) {
        if (failure.isEmpty()) {
            failure = Optional.of(String.valueOf(cause.getMessage()));
            LOG.error("Journal: the disk failed. Nothing more is written until the store is opened again; reads go on.",
                    cause);
        }
        backlog.wake();
    }

    /** Ends the thread once it has done what is queued. Later calls get {@code StorageUnavailable}. */
    public void close() {
        queue.add(new Stop());
        ThreadJoin.join(thread);
    }

    private void refuseIfOver() {
        if (failure.isPresent()) {
            throw diskFailed();
        }
        if (closed) {
            throw storeClosed();
        }
    }

    private StorageUnavailable diskFailed() {
        return new StorageUnavailable("the disk failed: " + failure.orElse(""));
    }

    private static StorageUnavailable storeClosed() {
        return new StorageUnavailable("the store is closed");
    }

    private void run() {
        try {
            boolean running = true;
            while (running) {
                running = step();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(e);
        } finally {
            closed = true;
            refuseQueued();
            try {
                segment.close();
            } catch (IOException e) {
                LOG.warn("Journal: closing the segment failed; its commits are durable all the same", e);
            }
        }
    }

    private boolean step() throws InterruptedException {
        return switch (queue.take()) {
            case Stop _ -> false;
            case Rotate rotate -> {
                doRotate(rotate);
                yield true;
            }
            case Write write -> {
                commit(batch(write.commit()));
                yield true;
            }
        };
    }

    /** This commit and those queued right behind it, except the withdrawn ones. */
    private List<PendingCommit> batch(PendingCommit first) {
        var batch = new ArrayList<PendingCommit>();
        long bytes = 0;
        Task next = new Write(first);
        while (next instanceof Write(PendingCommit commit)) {
            if (commit.take()) {
                batch.add(commit);
                bytes += commit.json().length;
            }
            next = bytes < BATCH_BYTES && queue.peek() instanceof Write ? queue.poll() : null;
        }
        return batch;
    }

    private void commit(List<PendingCommit> batch) {
        if (batch.isEmpty()) {
            return;
        }
        if (failure.isPresent()) {
            batch.forEach(commit -> commit.fail(diskFailed()));
            return;
        }
        byte[] line = JournalLine.of(lastBatch + 1, segment.number(), lastCommit + 1, batch);
        try {
            segment.write(line);
        } catch (IOException e) {
            refuse(batch, e);
            return;
        }
        long start = System.nanoTime();
        try {
            segment.force();
        } catch (ForceFailed e) {
            lose(batch, e);
            return;
        }
        forcedCommits.batchForced(batch.size(), line.length, System.nanoTime() - start);
        lastBatch++;
        backlog.add(line.length);
        for (PendingCommit commit : batch) {
            lastCommit++;
            forcedCommits.publish(commit, lastCommit);
            backlog.add(commit.entry().id());
            commit.complete();
        }
    }

    /** A write failed before any force, as on a full disk: removes the line, and only this batch fails. */
    private void refuse(List<PendingCommit> batch, IOException cause) {
        try {
            segment.cutBack();
        } catch (IOException e) {
            e.addSuppressed(cause);
            lose(batch, e);
            return;
        }
        LOG.warn("Journal: writing {} commits failed and they are refused; later commits are tried again: {}",
                batch.size(), cause.toString());
        batch.forEach(commit -> commit
                .fail(new StorageUnavailable("the journal cannot be written: " + cause.getMessage(), cause)));
    }

    private void lose(List<PendingCommit> batch, IOException cause) {
        fail(cause);
        batch.forEach(commit -> commit.fail(new CommitOutcomeUnknown("the disk failed during the commit", cause)));
    }

    private void doRotate(Rotate rotate) {
        if (failure.isPresent()) {
            rotate.done().completeExceptionally(diskFailed());
            return;
        }
        try {
            long ended = segment.number() - 1;
            // An empty segment stays the current one: an empty segment before others would be damage.
            if (!segment.isEmpty()) {
                ended = segment.number();
                JournalSegment next = JournalSegment.create(disk, layout, ended + 1);
                segment.close();
                segment = next;
            }
            rotate.done().complete(new EndedSegments(ended, backlog.takeConversations(), backlog.bytes()));
        } catch (ForceFailed e) {
            fail(e);
            rotate.done().completeExceptionally(new StorageUnavailable("the disk failed", e));
        } catch (IOException e) {
            rotate.done().completeExceptionally(
                    new StorageUnavailable("no new journal segment could be created: " + e.getMessage(), e));
        }
    }

    private void refuseQueued() {
        for (Task task = queue.poll(); task != null; task = queue.poll()) {
            switch (task) {
                case Write write -> write.commit().fail(storeClosed());
                case Rotate rotate -> rotate.done().completeExceptionally(storeClosed());
                case Stop _ -> {
                }
            }
        }
    }
}
