package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.Disk.ForceFailed;
import dev.confab.adapter.persistence.file.HeadFile.Damaged;
import dev.confab.adapter.persistence.file.State.MessagesFile;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what the journal holds into the conversations' own files, and then deletes the journal's segments.
 *
 * <p>Why a crash anywhere in it loses nothing: messages are forced before the head that counts them is renamed into place; heads
 * are durable before a segment, or an old generation, is deleted; a replay of a segment passes over what a head already holds.
 */
final class Checkpointer {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final int PIECE_BYTES = 1 << 20;

    private final Disk disk;
    private final Layout layout;
    private final Slots slots;
    private final MessageFiles files;
    private final MessageAccess messages;
    private final Quarantine quarantine;
    private final SearchIndex index;
    private final Journal journal;
    private final FileStoreObserver observer;
    /** What the segments hold that no checkpoint covers. The journal's thread replaces it at a rotation. */
    private volatile Set<ConversationId> dirty;
    /** Messages files that no head names any more; they outlive a round that fails, to be deleted by one that does not. */
    private final Set<Path> obsolete = ConcurrentHashMap.newKeySet();

    Checkpointer(Disk disk, Layout layout, Slots slots, MessageFiles files, SearchIndex index, Journal journal,
            FileStoreObserver observer, Set<ConversationId> dirty) {
        this.disk = disk;
        this.layout = layout;
        this.slots = slots;
        this.files = files;
        this.messages = new MessageAccess(files);
        this.quarantine = new Quarantine(disk, layout);
        this.index = index;
        this.journal = journal;
        this.observer = observer;
        this.dirty = ConcurrentHashMap.newKeySet();
        this.dirty.addAll(dirty);
    }

    /** By the journal's thread, for each commit it publishes. */
    void committed(ConversationId id) {
        dirty.add(id);
    }

    /** What one checkpoint has to do, as of the rotation that begins it. */
    private static final class Round {
        private Set<ConversationId> conversations = Set.of();
        private long bytes;
        private final Set<ConversationId> damaged = ConcurrentHashMap.newKeySet();
        private final Set<ConversationId> purged = ConcurrentHashMap.newKeySet();
    }

    /**
     * Makes a checkpoint. When it fails, what it has not covered stays in the journal for the next one.
     *
     * @throws IOException the disk is full, or the like; a failed force ends all writing
     */
    synchronized void checkpoint() throws IOException {
        long start = System.nanoTime();
        var round = new Round();
        long ended = journal.rotate(() -> {
            round.conversations = dirty;
            round.bytes = journal.bytes();
            dirty = ConcurrentHashMap.newKeySet();
        });
        try {
            checkpointAll(round);
            disk.forceDirectory(layout.conversations());
            deleteObsolete(round);
            index.flush();
            deleteSegments(ended, round.damaged);
            deleteTombstones(round);
        } catch (IOException | RuntimeException e) {
            dirty.addAll(round.conversations);
            if (e instanceof ForceFailed) {
                journal.fail(e);
            }
            throw e;
        }
        journal.covered(round.bytes);
        observer.checkpointed(round.conversations.size(), System.nanoTime() - start);
    }

    /** Several at once, because their forces together take little more than one. */
    private void checkpointAll(Round round) throws IOException {
        var left = new ConcurrentLinkedQueue<>(round.conversations);
        int threads = Math.min(disk.concurrentForces(), left.size());
        if (threads <= 1) {
            checkpointEach(left, round);
            return;
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(threads,
                Thread.ofPlatform().name("confab-checkpoint-", 1).daemon().factory())) {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(executor.submit(() -> {
                    checkpointEach(left, round);
                    return left;
                }));
            }
            for (Future<?> part : parts) {
                join(part);
            }
        }
    }

    private static void join(Future<?> part) throws IOException {
        try {
            part.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during a checkpoint", e);
        }
    }

    private void checkpointEach(Queue<ConversationId> left, Round round) throws IOException {
        for (ConversationId id = left.poll(); id != null; id = left.poll()) {
            checkpoint(id, round);
        }
    }

    private void checkpoint(ConversationId id, Round round) throws IOException {
        Slot slot = slots.enter(id);
        // Works wait for this, and never the other way round, so it cannot wait for ever.
        slot.turn.acquireUninterruptibly();
        try {
            if (slot.damage.isPresent()) {
                round.damaged.add(id);
            } else if (slot.state.head().isPresent()) {
                write(slot);
            } else if (slot.state.commit() > 0) {
                bury(slot, round);
            }
        } catch (Damaged e) {
            slot.damage(e.reason());
            round.damaged.add(id);
        } catch (ForceFailed e) {
            // At once, and not when the others are done: a failure before this one must not hide it.
            journal.fail(e);
            throw e;
        } finally {
            slot.turn.release();
            slots.leave(slot);
        }
    }

    private void write(Slot slot) throws IOException, Damaged {
        State state = slot.state;
        MessagesFile before = state.file();
        MessagesFile after = state.appendsToFile() ? append(slot.id, state) : rewrite(slot.id, state);
        State next = State.checkpointed(state.head(), state.activity(), state.revision(), state.commit(), after);
        HeadFile.write(disk, layout, slot.id, next);
        if (after.generation() != before.generation() && before.generation() > 0) {
            obsolete.add(layout.messages(slot.id, before.generation()));
        }
        slot.state = next;
    }

    /** The usual case: the file holds the first messages, and grows by the tail. */
    private MessagesFile append(ConversationId id, State state) throws IOException {
        MessagesFile before = state.file();
        List<Message> added = state.tail().toList();
        long[] ends = new long[added.size()];
        long length = before.length();
        if (!added.isEmpty()) {
            try (var out = new LineWriter(disk.open(layout.messages(id, before.generation())), before.length())) {
                for (int i = 0; i < ends.length; i++) {
                    ends[i] = out.write(added.get(i));
                }
                length = out.force();
            }
        }
        var after = new MessagesFile(before.generation(), length, before.count() + ends.length, version(state));
        files.extended(id, before, after, added, ends);
        return after;
    }

    /** A new generation: after an edit or a truncation, and for the first messages of all. */
    private MessagesFile rewrite(ConversationId id, State state) throws IOException, Damaged {
        int generation = state.file().generation() + 1;
        files.forget(id, generation);
        if (state.messageCount() == 0) {
            return new MessagesFile(generation == 1 ? 0 : generation, 0, 0, version(state));
        }
        // It may stand there from a round that failed.
        obsolete.remove(layout.messages(id, generation));
        long length;
        try (var out = new LineWriter(disk.open(layout.messages(id, generation)), 0)) {
            messages.upwards(id, state, 1, state.messageCount(), message -> {
                out.write(message);
                return true;
            });
            length = out.force();
        }
        // The name must be durable before a head says it.
        disk.forceDirectory(layout.conversations());
        files.forget(id, state.file().generation());
        return new MessagesFile(generation, length, state.messageCount(), version(state));
    }

    /** A purged conversation leaves a tombstone until no segment can bring it back. */
    private void bury(Slot slot, Round round) throws IOException {
        State state = slot.state;
        HeadFile.write(disk, layout, slot.id, state);
        int generation = state.file().generation();
        // The next one too: a round that failed may have begun it.
        for (int each = generation; each <= generation + 1; each++) {
            obsolete.add(layout.messages(slot.id, each));
            files.forget(slot.id, each);
        }
        // Its number is not used again before the tombstone is durable: the head on the disk may still name it.
        slot.state = State.checkpointed(state.head(), state.activity(), state.revision(), state.commit(),
                new MessagesFile(generation + 1, 0, 0, 0));
        round.purged.add(slot.id);
    }

    private void deleteObsolete(Round round) throws IOException {
        for (Path file : List.copyOf(obsolete)) {
            disk.delete(file);
            obsolete.remove(file);
        }
        if (!round.purged.isEmpty()) {
            // Or a crash could leave messages without a head, which would look like damage.
            disk.forceDirectory(layout.conversations());
        }
    }

    private void deleteSegments(long last, Set<ConversationId> damaged) throws IOException {
        for (String name : disk.list(layout.journal())) {
            long number = JournalReplay.segmentNumber(name);
            if (number <= last) {
                quarantine.keepCommits(number, damaged);
                disk.delete(layout.segment(number));
                // Each by itself, the oldest first: a crash must leave no gap.
                disk.forceDirectory(layout.journal());
            }
        }
    }

    /** Unless the conversation began anew meanwhile. */
    private void deleteTombstones(Round round) throws IOException {
        for (ConversationId id : round.purged) {
            Slot slot = slots.enter(id);
            slot.turn.acquireUninterruptibly();
            try {
                if (slot.state.head().isEmpty() && !dirty.contains(id)) {
                    disk.delete(layout.head(id));
                    slot.state = State.ABSENT;
                }
            } finally {
                slot.turn.release();
                slots.leave(slot);
            }
        }
    }

    private static long version(State state) {
        return state.head().orElseThrow().version().value();
    }

    /** Writes messages as lines behind an offset, a piece at a time. */
    private static final class LineWriter implements AutoCloseable {
        private final Disk.WritableFile file;
        private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        private long length;

        LineWriter(Disk.WritableFile file, long from) throws IOException {
            this.file = file;
            this.length = from;
            file.truncate(from);
        }

        /** Returns the offset behind the line. */
        long write(Message message) throws IOException {
            byte[] line = ChecksummedLine.of(Json.bytes(json -> Json.write(json, message)));
            if (line.length > piece.remaining()) {
                drain();
            }
            if (line.length > piece.capacity()) {
                file.write(ByteBuffer.wrap(line), length);
            } else {
                piece.put(line);
            }
            length += line.length;
            return length;
        }

        long force() throws IOException {
            drain();
            file.force();
            return length;
        }

        private void drain() throws IOException {
            piece.flip();
            file.write(piece, length - piece.remaining());
            piece.clear();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** Logs a failed checkpoint; the journal still holds everything. */
    void checkpointOrLog() {
        try {
            checkpoint();
        } catch (IOException | StorageException | IllegalStateException e) {
            LOG.warn("A checkpoint failed; the journal keeps what it would have moved: {}", e.toString());
        }
    }
}
