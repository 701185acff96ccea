package dev.confab.adapter.persistence.file.journal;

import dev.confab.adapter.persistence.file.disk.Disk.ForceFailed;
import dev.confab.adapter.persistence.file.disk.DirectoryLost;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.health.Part;
import dev.confab.adapter.persistence.file.journal.JournalTask.Probe;
import dev.confab.adapter.persistence.file.journal.JournalTask.Rotate;
import dev.confab.adapter.persistence.file.journal.JournalTask.Stop;
import dev.confab.adapter.persistence.file.journal.JournalTask.Write;
import dev.confab.adapter.persistence.file.memory.OwnerFences;
import dev.confab.adapter.persistence.file.memory.ThreadJoin;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
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
 * force, in the order of the lines. A failed force is final: the content of the page cache and the disk is unknown from then on (Rebello et
 * al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020), so nothing is written after it.
 */
public final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    /** A batch takes no further commit once it has this many bytes. */
    private static final int BATCH_BYTES = 4 << 20;

    private final JournalWriter writer;
    private final HealthMonitor health;
    private final JournalBacklog backlog;
    private final ForcedCommits forcedCommits;
    private final OwnerFences fences;
    private final LinkedBlockingQueue<JournalTask> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /** {@link #start} must follow. */
    public Journal(JournalWriter writer, HealthMonitor health, JournalBacklog backlog, ForcedCommits forced,
            OwnerFences fences) {
        this.writer = writer;
        this.health = health;
        this.backlog = backlog;
        this.forcedCommits = forced;
        this.fences = fences;
        this.thread = Thread.ofPlatform().name("confab-journal").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Queues the commit; {@link PendingCommit#await} gives its outcome. */
    public void submit(PendingCommit commit) {
        enqueue(new Write(commit));
    }

    private void enqueue(JournalTask task) {
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

    /**
     * Queues a check whether commits can be written: the directory must be the one that was opened, and after a failed write the disk
     * must have room for a line. The result is complete when the journal's thread has made the check.
     */
    public CompletableFuture<Boolean> probe() {
        var done = new CompletableFuture<Boolean>();
        enqueue(new Probe(done));
        return done;
    }

    /** Records that heads hold the ended segments, durably: from now on the journal may lack them. */
    public void recordCheckpoint(EndedSegments ended) throws IOException {
        writer.recordCheckpoint(ended.mark());
    }

    /** After {@link #close}: records the last commit, so that its loss is noticed when the directory is opened. */
    public void recordEnd() throws IOException {
        writer.recordEnd();
    }

    /** Ends the thread once it has done the queued tasks. Later calls get {@code StorageUnavailable}. */
    public void close() {
        queue.add(new Stop());
        ThreadJoin.join(thread);
    }

    private void refuseIfOver() {
        if (closed || health.failure().isPresent()) {
            throw over();
        }
    }

    private StorageUnavailable over() {
        return new StorageUnavailable(health.failure().orElse("the store is closed"));
    }

    private void run() {
        try {
            boolean running = true;
            while (running) {
                running = step();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            health.threadDied(e);
        } finally {
            closed = true;
            refuseQueued();
            try {
                writer.close();
            } catch (IOException e) {
                LOG.warn("Journal: closing the segment failed; its commits are durable", e);
            }
        }
    }

    private boolean step() throws InterruptedException {
        switch (queue.take()) {
            case Stop _ -> {
                return false;
            }
            case Rotate rotate -> doRotate(rotate);
            case Probe probe -> doProbe(probe);
            case Write write -> {
                Deque<PendingCommit> open = batch(write.commit());
                try {
                    commit(open);
                } catch (RuntimeException | Error e) {
                    open.forEach(commit -> commit.fail(new CommitOutcomeUnknown("the journal's thread died", e)));
                    throw e;
                }
            }
        }
        return true;
    }

    /** This commit and those queued right behind it, except the withdrawn and refused ones. */
    private Deque<PendingCommit> batch(PendingCommit first) {
        var batch = new ArrayDeque<PendingCommit>();
        long bytes = 0;
        JournalTask next = new Write(first);
        while (next instanceof Write(PendingCommit commit)) {
            if (commit.take(fences)) {
                batch.add(commit);
                bytes += commit.json().length;
            }
            next = bytes < BATCH_BYTES && queue.peek() instanceof Write ? queue.poll() : null;
        }
        return batch;
    }

    /** Removes each commit from the batch when it is completed. */
    private void commit(Deque<PendingCommit> batch) {
        if (batch.isEmpty()) {
            return;
        }
        if (health.failure().isPresent()) {
            failAll(batch, over());
            return;
        }
        int length;
        try {
            length = writer.write(batch);
        } catch (IOException e) {
            refuse(batch, e);
            return;
        }
        long start = System.nanoTime();
        try {
            writer.force();
        } catch (IOException e) {
            lose(batch, e);
            return;
        }
        health.works(Part.WRITES);
        forcedCommits.batchForced(batch.size(), length, System.nanoTime() - start);
        backlog.add(length);
        while (!batch.isEmpty()) {
            PendingCommit commit = batch.getFirst();
            forcedCommits.publish(commit, writer.nextCommit());
            backlog.add(commit.entry().id());
            batch.removeFirst().complete();
        }
    }

    /** A write failed before any force, as on a full disk: removes the line, and only this batch fails. */
    private void refuse(Deque<PendingCommit> batch, IOException cause) {
        if (cause instanceof DirectoryLost) {
            health.stop(cause);
            failAll(batch, over());
            return;
        }
        try {
            writer.cutBack();
        } catch (IOException e) {
            e.addSuppressed(cause);
            lose(batch, e);
            return;
        }
        String reason = "the journal cannot be written: " + IoReason.of(cause);
        health.failed(Part.WRITES, reason);
        failAll(batch, new StorageUnavailable(reason, cause));
    }

    private void lose(Deque<PendingCommit> batch, IOException cause) {
        health.stop(cause);
        failAll(batch, new CommitOutcomeUnknown(health.failure().orElse(""), cause));
    }

    private static void failAll(Deque<PendingCommit> batch, StorageException cause) {
        batch.forEach(commit -> commit.fail(cause));
        batch.clear();
    }

    private void doProbe(Probe probe) {
        if (health.failure().isEmpty()) {
            try {
                writer.checkDirectory();
                if (health.hasFailed(Part.WRITES)) {
                    writer.forceRoom();
                    health.works(Part.WRITES);
                }
            } catch (ForceFailed e) {
                health.stop(e);
            } catch (IOException e) {
                refuse(new ArrayDeque<>(), e);
            }
        }
        probe.done().complete(health.failure().isEmpty());
    }

    private void doRotate(Rotate rotate) {
        if (health.failure().isPresent()) {
            rotate.done().completeExceptionally(over());
            return;
        }
        try {
            long ended = writer.rotate();
            rotate.done().complete(new EndedSegments(ended, backlog.takeConversations(), backlog.bytes(),
                    writer.markOfCheckpoint()));
        } catch (ForceFailed | DirectoryLost e) {
            health.stop(e);
            rotate.done().completeExceptionally(over());
        } catch (IOException e) {
            rotate.done().completeExceptionally(
                    new StorageUnavailable("no new journal segment could be created: " + IoReason.of(e), e));
        } catch (RuntimeException | Error e) {
            rotate.done().completeExceptionally(new StorageUnavailable("the journal's thread died", e));
            throw e;
        }
    }

    private void refuseQueued() {
        for (JournalTask task = queue.poll(); task != null; task = queue.poll()) {
            switch (task) {
                case Write write -> write.commit().fail(over());
                case Rotate rotate -> rotate.done().completeExceptionally(over());
                case Probe probe -> probe.done().complete(false);
                case Stop _ -> {
                }
            }
        }
    }
}
