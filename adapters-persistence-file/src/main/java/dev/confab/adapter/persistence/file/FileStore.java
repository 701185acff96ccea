package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.work.Erasure;
import dev.confab.domain.work.UnitOfWork;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conversations in a directory of JSON files, for one process: the five ports over {@link Journal}, {@link Checkpointer} and
 * {@link Reads}.
 *
 * <p>A work holds its conversation's turn until its commit is forced and published (see {@link Slot}), so a work sees only what is
 * durable, and works on other conversations share nothing with it but the journal's next force.
 */
public final class FileStore implements ConversationStore, OwnerEraser, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
    private static final int ERASE_PAGE = 100;

    private final FileStoreSettings settings;
    private final FileStoreObserver observer;
    private final Closeable lock;
    private final Slots slots = new Slots();
    private final MessageAccess messages;
    private final SearchIndex index;
    private final Journal journal;
    private final Checkpointer checkpointer;
    private final CheckpointThread checkpoints;
    private final Reads reads;
    private final ActivityIndex activities = new ActivityIndex();
    private final SessionReads sessions;
    private final List<ChangeFeed.Listener> listeners = new CopyOnWriteArrayList<>();

    /** Opens the directory, making it when missing; {@link FileStoreCannotOpen} when it cannot be served. */
    public static FileStore open(FileStoreSettings settings, FileStoreObserver observer) {
        return open(settings, observer, new RealDisk());
    }

    static FileStore open(FileStoreSettings settings, FileStoreObserver observer, Disk disk) {
        var layout = new Layout(settings.directory());
        @Nullable
        Closeable lock = null;
        try {
            Opening.prepare(disk, layout);
            lock = disk.lock(settings.directory(), layout.lock());
            return new FileStore(settings, observer, disk, layout, lock);
        } catch (IOException e) {
            release(lock);
            throw new FileStoreCannotOpen(
                    "The data directory " + settings.directory().toAbsolutePath() + " cannot be used: " + e, e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private FileStore(FileStoreSettings settings, FileStoreObserver observer, Disk disk, Layout layout, Closeable lock)
            throws IOException {
        this.settings = settings;
        this.observer = observer;
        this.lock = lock;
        var files = new MessageFiles(disk, layout, settings.cacheBytes());
        this.messages = new MessageAccess(files);
        var opened = new Opening(disk, layout, slots, files, settings.salvage()).open();
        slots.all().forEach(slot -> activities.enter(slot.id, State.ABSENT, slot.state));
        var searchDirectory = disk.searchDirectory(layout.index());
        this.index = new SearchIndex(searchDirectory, slots, messages);
        var position = opened.journal().after(SearchIndex.lastCommit(searchDirectory));
        this.journal = new Journal(disk, layout, position, new Publication(), observer);
        this.checkpointer = new Checkpointer(disk, layout, slots, files, index, journal, observer, opened.dirty());
        this.reads = new Reads(slots, messages, index, settings.lockTimeout());
        this.sessions = new SessionReads(slots, activities, reads);
        this.checkpoints = new CheckpointThread(checkpointer, journal, settings);
        journal.start();
        index.start();
        checkpoints.start();
    }

    /**
     * How the store is.
     *
     * @param failure why nothing can be written any more; empty while all is well
     * @param damaged the conversations that could not be read
     * @param conversations live, in the bin and damaged
     * @param journalBytes not yet checkpointed
     */
    public record Health(Optional<String> failure, List<ConversationId> damaged, int conversations, long journalBytes) {
    }

    public Health health() {
        List<ConversationId> damaged = slots.all().stream().filter(slot -> slot.damage.isPresent()).map(slot -> slot.id)
                .sorted().toList();
        int conversations = (int) slots.all().stream().filter(slot -> slot.state.head().isPresent()).count();
        return new Health(journal.failure(), damaged, conversations + damaged.size(), journal.bytes());
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        UnitOfWork.refuseInsideAWork();
        long deadline = deadline();
        journal.awaitRoom(2 * settings.checkpointBytes(), deadline);
        Slot slot = slots.enter(id);
        try {
            awaitTurn(slot, deadline);
        } catch (LockTimeout e) {
            slots.leave(slot);
            throw e;
        }
        boolean ours = true;
        try {
            reads.refuseDamaged(slot);
            var outcome = run(slot, work);
            if (outcome.change().isPresent()) {
                var commit = new Commit(slot, outcome.change().get());
                journal.submit(commit);
                ours = commit.await(deadline());
            }
            if (!ours) {
                throw Commit.unknown();
            }
            return outcome.result();
        } finally {
            if (ours) {
                endTurn(slot);
            }
        }
    }

    private <R> UnitOfWork.Outcome<R> run(Slot slot, Function<ConversationTransaction, R> work) {
        try {
            return UnitOfWork.run(slot.id, new StoredState(slot.id, slot.state, messages), work);
        } catch (StoredState.Unreadable e) {
            throw reads.unreadable(slot, e.getCause());
        }
    }

    private long deadline() {
        return System.nanoTime() + settings.lockTimeout().toNanos();
    }

    private void awaitTurn(Slot slot, long deadlineNanos) {
        long start = System.nanoTime();
        try {
            if (!slot.turn.tryAcquire(deadlineNanos - start, TimeUnit.NANOSECONDS)) {
                throw new LockTimeout("conversation " + slot.id + " was busy for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockTimeout("interrupted while waiting for conversation " + slot.id, e);
        } finally {
            observer.lockWaited(System.nanoTime() - start);
        }
    }

    private void endTurn(Slot slot) {
        slot.turn.release();
        slots.leave(slot);
    }

    /** What the journal's thread does with a commit; in the order of the commits. */
    private final class Publication implements Journal.Publisher {
        @Override
        public void publish(Commit commit, long number) {
            Slot slot = commit.slot;
            State before = slot.state;
            State after = before.after(commit.change, number);
            activities.enter(slot.id, before, after);
            slot.state = after;
            activities.leave(slot.id, before, after);
            index.committed(commit.change, number);
            checkpointer.committed(slot.id);
            if (journal.bytes() >= settings.checkpointBytes()) {
                checkpoints.wake();
            }
            commit.change.after().or(commit.change::before).ifPresent(
                    head -> tell(new ChangeFeed.Hint(slot.id, head.owner(), slot.state.revision())));
        }

        @Override
        public void endAbandoned(Commit commit) {
            endTurn(commit.slot);
        }
    }

    private void tell(ChangeFeed.Hint hint) {
        for (ChangeFeed.Listener listener : listeners) {
            try {
                listener.changed(hint);
            } catch (RuntimeException e) {
                LOG.error("A listener of the change feed threw, which it must not", e);
            }
        }
    }

    public ConversationReader reader() {
        return reads;
    }

    public SessionReader sessions() {
        return sessions;
    }

    public ChangeFeed feed() {
        return listener -> {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        };
    }

    @Override
    public int erase(OwnerId owner) {
        int erased = 0;
        List<ConversationId> page = ownedBy(owner);
        while (!page.isEmpty()) {
            erased += Erasure.purge(owner, this, page);
            page = ownedBy(owner);
        }
        return erased;
    }

    private List<ConversationId> ownedBy(OwnerId owner) {
        return reads.ofOwner(owner, ERASE_PAGE).stream().map(Conversation::id).toList();
    }

    /** Makes a checkpoint and lets the directory go. Works under way end first; later calls get {@code StorageUnavailable}. */
    @Override
    public void close() {
        checkpoints.close();
        if (journal.failure().isEmpty()) {
            checkpointer.checkpointOrLog();
        }
        journal.close();
        index.close();
        release(lock);
    }

    /** Makes a checkpoint now, whatever the journal holds. */
    void checkpoint() throws IOException {
        checkpointer.checkpoint();
    }

    /** As a crash leaves it: nothing is finished, and the lock is let go. */
    void abandon() {
        checkpoints.close();
        journal.close();
        index.abandon();
        release(lock);
    }

    private static void release(@Nullable Closeable lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            LOG.warn("Could not let the data directory go: {}", e.toString());
        }
    }
}
