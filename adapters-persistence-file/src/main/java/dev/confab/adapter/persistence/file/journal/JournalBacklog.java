package dev.confab.adapter.persistence.file.journal;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.LockTimeout;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The part of the journal that no checkpoint covers: its bytes, and the conversations with commits in it. Writers wait while it is too
 * large.
 *
 * <p>The journal's thread adds to the set of conversations and, at a rotation, exchanges it. So the set that a checkpoint takes is
 * exactly the commits of the ended segments.
 */
public final class JournalBacklog {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLong bytes;
    private volatile Set<ConversationId> conversations = ConcurrentHashMap.newKeySet();

    public JournalBacklog(long bytes, Collection<ConversationId> conversations) {
        this.bytes = new AtomicLong(bytes);
        this.conversations.addAll(conversations);
    }

    /** By the journal's thread, for each commit; or after a checkpoint that failed. */
    public void add(ConversationId id) {
        conversations.add(id);
    }

    public boolean contains(ConversationId id) {
        return conversations.contains(id);
    }

    /** By the journal's thread, at a rotation: the conversations so far; an empty set takes their place. */
    Set<ConversationId> takeConversations() {
        Set<ConversationId> taken = conversations;
        conversations = ConcurrentHashMap.newKeySet();
        return taken;
    }

    public long bytes() {
        return bytes.get();
    }

    void add(long written) {
        change(written);
    }

    /** Called after a checkpoint that covers this many bytes. */
    public void remove(long covered) {
        change(-covered);
    }

    /** Waiting writers check again whether the store has stopped. */
    public void wake() {
        change(0);
    }

    private void change(long difference) {
        lock.lock();
        try {
            bytes.addAndGet(difference);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there are fewer than {@code bound} bytes; throws {@link LockTimeout} when the deadline passes or the thread is
     * interrupted first.
     *
     * @param refuse throws when the journal has failed or is closed
     */
    void await(long bound, long deadlineNanos, Runnable refuse) {
        refuse.run();
        if (bytes.get() < bound) {
            return;
        }
        lock.lock();
        try {
            while (bytes.get() >= bound) {
                refuse.run();
                if (changed.awaitNanos(deadlineNanos - System.nanoTime()) <= 0 && bytes.get() >= bound) {
                    throw new LockTimeout("the journal is full and no checkpoint has ended in time");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LockTimeout("interrupted while waiting for room in the journal", e);
        } finally {
            lock.unlock();
        }
    }
}
