package dev.confab.adapter.persistence.file.checkpoint;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Disk.ForceFailed;
import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.DirectoryLost;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.health.Part;
import dev.confab.adapter.persistence.file.journal.EndedSegments;
import dev.confab.adapter.persistence.file.journal.Journal;
import dev.confab.adapter.persistence.file.journal.JournalBacklog;
import dev.confab.adapter.persistence.file.journal.SegmentFiles;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.message.MessagesFile;
import dev.confab.adapter.persistence.file.message.MessagesFileWriter;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Moves the journal's commits into the conversations' own files and then deletes the segments of the journal.
 *
 * <p>Why a crash at any moment loses nothing: messages are forced before the head that counts them is renamed into place; heads are
 * durable before a segment or an older generation is deleted; a replay of the journal skips commits that a head already has.
 */
public final class Checkpointer {
    private final Disk disk;
    private final Layout layout;
    private final DirectoryLock lock;
    private final HealthMonitor health;
    private final ConversationTable table;
    private final MessagesFileWriter messages;
    private final Journal journal;
    private final JournalBacklog backlog;
    private final SegmentFiles segments;
    private final Runnable flush;
    private final Listener listener;
    /** Messages files that no head names any more. A checkpoint that fails leaves them to the next one. */
    private final Set<Path> obsolete = ConcurrentHashMap.newKeySet();

    /** How many backups read the files; guarded by this. */
    private int holds;
    /** What checkpoints have found since they last deleted anything; guarded by this. */
    private final Found deferred = Found.nothing();

    /** Ends a backup: checkpoints delete again. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Receives the measurements of a completed checkpoint. */
    @FunctionalInterface
    public interface Listener {
        void checkpointed(int conversations, long nanos);
    }

    /**
     * @param flush makes everything else durable that is written only with a checkpoint; it runs before the commits that the search index
     *     may lack are deleted from the journal
     */
    public Checkpointer(Disk disk, Layout layout, DirectoryLock lock, HealthMonitor health, ConversationTable table,
            MessagesFileWriter messages, Journal journal, JournalBacklog backlog, SegmentFiles segments,
            Runnable flush, Listener listener) {
        this.disk = disk;
        this.layout = layout;
        this.lock = lock;
        this.health = health;
        this.table = table;
        this.messages = messages;
        this.journal = journal;
        this.backlog = backlog;
        this.segments = segments;
        this.flush = flush;
        this.listener = listener;
    }

    /** The conversations of one checkpoint that it found damaged or purged. */
    private record Found(Set<ConversationId> damaged, Set<ConversationId> purged) {
        static Found nothing() {
            return new Found(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
        }

        void addAll(Found more) {
            damaged.addAll(more.damaged);
            purged.addAll(more.purged);
        }

        void clear() {
            damaged.clear();
            purged.clear();
        }
    }

    /** Makes a checkpoint. Commits that a failed checkpoint has not covered stay in the journal for the next one. */
    public synchronized void checkpoint() throws IOException {
        long start = System.nanoTime();
        EndedSegments ended = journal.rotate();
        try {
            Found found = Found.nothing();
            checkpointAll(ended.conversations(), found);
            disk.forceDirectory(layout.conversations());
            deferred.addAll(found);
            if (holds == 0) {
                deleteObsolete(deferred);
            }
            flush.run();
            lock.check();
            journal.recordCheckpoint(ended);
            if (holds == 0) {
                segments.deleteUpTo(ended.last(), stillDamaged(deferred.damaged()));
                deleteTombstones(deferred);
                deferred.clear();
            }
        } catch (IOException | RuntimeException e) {
            ended.conversations().forEach(backlog::add);
            if (e instanceof ForceFailed || e instanceof DirectoryLost) {
                health.stop((IOException) e);
            }
            throw e;
        }
        health.works(Part.CHECKPOINTS);
        backlog.remove(ended.bytes());
        listener.checkpointed(ended.conversations().size(), System.nanoTime() - start);
    }

    /**
     * Checkpoints delete no files until the returned object is closed. So a backup finds every file that a head names, and every
     * commit that a head lacks. Waits for a checkpoint that runs.
     */
    public synchronized Hold holdDeletions() {
        holds++;
        return this::release;
    }

    private synchronized void release() {
        holds--;
    }

    /** Ends the segment that is being written, and returns its number: all that was acknowledged is in segments up to it, or in heads. */
    public synchronized long endSegment() {
        EndedSegments ended = journal.rotate();
        // As after a checkpoint that failed: the next one has to cover them.
        ended.conversations().forEach(backlog::add);
        return ended.last();
    }

    /** As {@link #checkpoint}, but reports a failure to the store's health: the journal still holds everything. */
    public void checkpointOrLog() {
        try {
            checkpoint();
        } catch (IOException e) {
            health.failed(Part.CHECKPOINTS, "a checkpoint failed: " + IoReason.of(e));
        } catch (StorageException | IllegalStateException e) {
            health.failed(Part.CHECKPOINTS, "a checkpoint failed: " + e.getMessage());
        }
    }

    /** Several conversations at once, because their forces together take little longer than one. */
    private void checkpointAll(Set<ConversationId> conversations, Found found) throws IOException {
        var left = new ConcurrentLinkedQueue<>(conversations);
        Callable<Boolean> checkpointEach = () -> {
            for (ConversationId id = left.poll(); id != null; id = left.poll()) {
                checkpoint(id, found);
            }
            return true;
        };
        int threads = Math.clamp(conversations.size(), 1, disk.concurrentForces());
        try (ExecutorService executor = Executors.newFixedThreadPool(threads,
                Thread.ofPlatform().name("confab-checkpoint-", 1).daemon().factory())) {
            for (Future<?> part : executor.invokeAll(Collections.nCopies(threads, checkpointEach))) {
                part.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during a checkpoint", e);
        }
    }

    private void checkpoint(ConversationId id, Found found) throws IOException {
        ConversationEntry entry = table.acquireUninterruptibly(id);
        try {
            lock.check();
            if (entry.isDamaged()) {
                found.damaged().add(id);
            } else if (entry.state().head().isPresent()) {
                write(entry, entry.state().head().get());
            } else if (entry.state().isPurged()) {
                writeTombstone(entry);
                found.purged().add(id);
            }
        } catch (FileDamaged e) {
            entry.markDamaged(e.reason());
            found.damaged().add(id);
        } catch (ForceFailed | DirectoryLost e) {
            // At once: the other threads go on, and nothing may be written after a failed force or elsewhere.
            health.stop(e);
            throw e;
        } finally {
            table.release(entry);
        }
    }

    private void write(ConversationEntry entry, Conversation head) throws IOException {
        MessagesFile before = entry.state().messages().file();
        MessagesFile after = messages.write(entry.id(), entry.state().messages(), head.version().value());
        ConversationState next = entry.state().checkpointed(after);
        HeadFile.write(disk, layout, entry.id(), next);
        if (after.generation() != before.generation() && before.generation() > 0) {
            obsolete.add(layout.messages(entry.id(), before.generation()));
        }
        entry.publish(next);
    }

    /** A purged conversation leaves a tombstone until no segment of the journal can bring it back. */
    private void writeTombstone(ConversationEntry entry) throws IOException {
        HeadFile.write(disk, layout, entry.id(), entry.state());
        int generation = entry.state().messages().file().generation();
        obsolete.add(layout.messages(entry.id(), generation));
        // A checkpoint that failed may have begun the next generation too.
        obsolete.add(layout.messages(entry.id(), generation + 1));
        // That number stays used: until the tombstone is durable, the head on the disk may name the file.
        entry.publish(entry.state().checkpointed(new MessagesFile(generation + 1, 0, 0, 0, 0)));
    }

    private void deleteObsolete(Found found) throws IOException {
        for (Path file : List.copyOf(obsolete)) {
            disk.delete(file);
            obsolete.remove(file);
        }
        if (!found.purged().isEmpty()) {
            // Before the tombstones go: a crash must not leave messages without a head, which would look like damage.
            disk.forceDirectory(layout.conversations());
        }
    }

    /** A conversation that was removed since it was found damaged needs no copy of its commits. */
    private Set<ConversationId> stillDamaged(Set<ConversationId> found) {
        return found.stream().filter(id -> table.find(id).filter(ConversationEntry::isDamaged).isPresent())
                .collect(Collectors.toSet());
    }

    /** Deletes the tombstones of this round and of those before, except where a conversation began again in the meantime. */
    private void deleteTombstones(Found found) throws IOException {
        for (ConversationId id : found.purged()) {
            ConversationEntry entry = table.acquireUninterruptibly(id);
            try {
                if (entry.state().head().isEmpty() && !backlog.contains(id)) {
                    disk.delete(layout.head(id));
                    entry.publish(ConversationState.ABSENT);
                }
            } finally {
                table.release(entry);
            }
        }
    }
}
