package dev.confab.adapter.persistence.file.memory;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.LockTimeout;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * All conversations in memory. One that never began, or that was purged and has lost its tombstone, has an entry only while a caller
 * holds its write permit or waits for it.
 */
public final class ConversationTable {
    private final ConcurrentHashMap<ConversationId, ConversationEntry> entries = new ConcurrentHashMap<>();

    public Optional<ConversationEntry> find(ConversationId id) {
        return Optional.ofNullable(entries.get(id));
    }

    public Collection<ConversationEntry> all() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** The ids of those that cannot be read, sorted. */
    public List<ConversationId> damaged() {
        return all().stream().filter(ConversationEntry::isDamaged).map(ConversationEntry::id).sorted().toList();
    }

    /** When the store is opened: sets a conversation's first state. */
    public ConversationEntry put(ConversationId id, ConversationState state) {
        var entry = new ConversationEntry(id, state);
        entries.put(id, entry);
        return entry;
    }

    /**
     * Acquires the write permit of a conversation; {@link #release} must follow.
     *
     * @throws LockTimeout when the deadline passes or the thread is interrupted first
     */
    public ConversationEntry acquire(ConversationId id, long deadlineNanos) {
        ConversationEntry entry = enter(id);
        boolean acquired = false;
        try {
            acquired = entry.writePermit.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!acquired) {
                throw new LockTimeout("conversation " + id + " was busy for too long");
            }
            return entry;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockTimeout("interrupted while waiting for conversation " + id, e);
        } finally {
            if (!acquired) {
                leave(entry);
            }
        }
    }

    /** As {@link #acquire}, for a checkpoint: it waits as long as it takes, because transactions never wait for it in turn. */
    public ConversationEntry acquireUninterruptibly(ConversationId id) {
        ConversationEntry entry = enter(id);
        entry.writePermit.acquireUninterruptibly();
        return entry;
    }

    /** Releases the write permit; any thread may do it. */
    public void release(ConversationEntry entry) {
        entry.writePermit.release();
        leave(entry);
    }

    private ConversationEntry enter(ConversationId id) {
        return entries.compute(id, (key, present) -> {
            var entry = Objects.requireNonNullElseGet(present,
                    () -> new ConversationEntry(key, ConversationState.ABSENT));
            entry.users++;
            return entry;
        });
    }

    private void leave(ConversationEntry entry) {
        entries.computeIfPresent(entry.id(), (key, present) -> {
            present.users--;
            return isNeeded(present) ? present : null;
        });
    }

    private static boolean isNeeded(ConversationEntry entry) {
        return entry.users > 0 || entry.isDamaged() || entry.state().head().isPresent() || entry.state().isPurged();
    }
}
