package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.Disk.ForceFailed;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write-ahead journal with group commit: one platform thread takes all commits that wait, writes them as one line, forces
 * once, publishes them and completes them. No timer: a batch forms while the force before it runs.
 *
 * <p>Why it is right: only that thread touches the file, so lines never mix and an interrupt of a caller cannot close it; a line is
 * written only after the one before was forced, so at most the last line can be torn; a commit is published and completed only
 * after its force, in the order of the lines. A failed force is final: what the page cache holds is unknown from then on
 * (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020), so nothing is written after it.
 */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    /** A batch takes no further commit once it weighs this much. */
    private static final int BATCH_BYTES = 4 << 20;

    private final Disk disk;
    private final Layout layout;
    private final Publisher publisher;
    private final FileStoreObserver observer;
    private final LinkedBlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final JournalBacklog backlog;
    private JournalSegment segment;
    private long lastBatch;
    private long lastCommit;
    private volatile Optional<String> failure = Optional.empty();
    private volatile boolean closed;

    /** What the journal's thread does with a commit that is forced: the state becomes visible. In the order of the commits. */
    interface Publisher {
        void publish(Commit commit, long number);

        /** The outcome is known now of a commit whose caller gave up waiting: its turn ends. */
        void endAbandoned(Commit commit);
    }

    private sealed interface Task {
    }

    private record Write(Commit commit) implements Task {
    }

    /** @param done completed with the number of the segment that is complete now */
    private record Rotate(Runnable between, CompletableFuture<Long> done) implements Task {
    }

    private record Stop() implements Task {
    }

    /** Goes on in a new segment, after {@code last}. */
    Journal(Disk disk, Layout layout, JournalPosition last, Publisher publisher, FileStoreObserver observer)
            throws IOException {
        this.disk = disk;
        this.layout = layout;
        this.publisher = publisher;
        this.observer = observer;
        this.lastBatch = last.batch();
        this.lastCommit = last.commit();
        this.backlog = new JournalBacklog(last.bytes());
        this.segment = JournalSegment.create(disk, layout, last.segment() + 1);
        this.thread = Thread.ofPlatform().name("confab-journal").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Hands the commit to the journal; {@link Commit#await} tells its outcome. */
    void submit(Commit commit) {
        refuseWhenOver();
        queue.add(new Write(commit));
        if (closed) {
            // The thread may have ended before it saw this one: whoever empties the queue tells its caller.
            refuseQueued();
        }
    }

    /** Waits until the journal has room. Call it without a turn, or a checkpoint could never make the room. */
    void awaitRoom(long bound, long deadlineNanos) {
        backlog.await(bound, deadlineNanos, this::refuseWhenOver);
    }

    /** Not covered by a checkpoint yet. */
    long bytes() {
        return backlog.bytes();
    }

    /** Why nothing is written any more. */
    Optional<String> failure() {
        return failure;
    }

    /**
     * Ends the segment and begins the next.
     *
     * @param between runs on the journal's thread, after the last commit of the old segment was published and before the first of
     *        the new one
     * @return the number of the segment that ended
     * @throws StorageException when there is no new one; the old one goes on
     */
    long rotate(Runnable between) {
        refuseWhenOver();
        var done = new CompletableFuture<Long>();
        queue.add(new Rotate(between, done));
        if (closed) {
            refuseQueued();
        }
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StorageException failed ? failed : e;
        }
    }

    /** After a checkpoint: so many bytes are covered now. */
    void covered(long coveredBytes) {
        backlog.covered(coveredBytes);
    }

    /** A force failed somewhere in the store: nothing is written from here on. */
    void fail(Throwable cause) {
        if (failure.isEmpty()) {
            failure = Optional.of(String.valueOf(cause.getMessage()));
            LOG.error("The disk failed; nothing more is written until the store is opened anew. Reads go on.", cause);
        }
        backlog.wake();
    }

    /** Ends after what is queued. */
    void close() {
        queue.add(new Stop());
        Threads.join(thread);
    }

    private void refuseWhenOver() {
        failure.ifPresent(reason -> {
            throw new StorageUnavailable("the disk failed: " + reason);
        });
        if (closed) {
            throw new StorageUnavailable("the store is closed");
        }
    }

    private void run() {
        try {
            while (step()) {
                // one batch or other task
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(e);
        } finally {
            closed = true;
            refuseQueued();
            try {
                segment.close();
            } catch (IOException e) {
                LOG.warn("Could not close the journal", e);
            }
        }
    }

    private boolean step() throws InterruptedException {
        Task task = queue.take();
        switch (task) {
            case Stop stop -> {
                return false;
            }
            case Rotate rotate -> rotateNow(rotate);
            case Write write -> commit(batch(write.commit()));
        }
        return true;
    }

    /** This commit and those that wait right behind it. */
    private List<Commit> batch(Commit first) {
        var batch = new ArrayList<Commit>();
        long weight = 0;
        Task next = new Write(first);
        while (next instanceof Write(Commit commit)) {
            if (commit.take()) {
                batch.add(commit);
                weight += commit.json.length;
            }
            next = weight < BATCH_BYTES && queue.peek() instanceof Write ? queue.poll() : null;
        }
        return batch;
    }

    private void commit(List<Commit> batch) {
        if (batch.isEmpty()) {
            return;
        }
        if (failure.isPresent()) {
            batch.forEach(
                    commit -> end(commit, Optional.of(new StorageUnavailable("the disk failed: " + failure.get()))));
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
        observer.batchForced(batch.size(), line.length, System.nanoTime() - start);
        lastBatch++;
        backlog.written(line.length);
        for (Commit commit : batch) {
            lastCommit++;
            publisher.publish(commit, lastCommit);
            end(commit, Optional.empty());
        }
    }

    /** A write failed before any force, as on a full disk: cut back to the last good line, and only this batch fails. */
    private void refuse(List<Commit> batch, IOException cause) {
        try {
            segment.cutBack();
        } catch (IOException e) {
            e.addSuppressed(cause);
            lose(batch, e);
            return;
        }
        LOG.warn("Could not write to the journal: {}", cause.toString());
        batch.forEach(commit -> end(commit,
                Optional.of(new StorageUnavailable("the journal cannot be written: " + cause.getMessage(), cause))));
    }

    private void lose(List<Commit> batch, IOException cause) {
        fail(cause);
        batch.forEach(commit -> end(commit,
                Optional.of(new CommitOutcomeUnknown("the disk failed while the commit was made", cause))));
    }

    private void end(Commit commit, Optional<StorageException> outcome) {
        if (commit.done(outcome)) {
            publisher.endAbandoned(commit);
        }
    }

    private void rotateNow(Rotate rotate) {
        if (failure.isPresent()) {
            rotate.done().completeExceptionally(new StorageUnavailable("the disk failed: " + failure.get()));
            return;
        }
        if (segment.isEmpty()) {
            // An empty segment is never left behind, so one that is found before others is a damaged one.
            rotate.between().run();
            rotate.done().complete(segment.number() - 1);
            return;
        }
        try {
            long ended = segment.number();
            JournalSegment next = JournalSegment.create(disk, layout, ended + 1);
            segment.close();
            segment = next;
            rotate.between().run();
            rotate.done().complete(ended);
        } catch (ForceFailed e) {
            fail(e);
            rotate.done().completeExceptionally(new StorageUnavailable("the disk failed", e));
        } catch (IOException e) {
            rotate.done().completeExceptionally(new StorageUnavailable("no new journal segment: " + e.getMessage(), e));
        }
    }

    private void refuseQueued() {
        for (Task task = queue.poll(); task != null; task = queue.poll()) {
            switch (task) {
                case Write write -> end(write.commit(), Optional.of(new StorageUnavailable("the store is closed")));
                case Rotate rotate ->
                    rotate.done().completeExceptionally(new StorageUnavailable("the store is closed"));
                case Stop stop -> {
                }
            }
        }
    }
}
