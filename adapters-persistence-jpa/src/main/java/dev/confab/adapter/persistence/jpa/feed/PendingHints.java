package dev.confab.adapter.persistence.jpa.feed;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ChangeFeed.Hint;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The hints that other instances have not been sent yet: the latest of each conversation, of so many conversations at most. */
final class PendingHints {
    /** Only a database that is away lets so many wait; what is more is left to the other instances' polls. */
    static final int MAX_CONVERSATIONS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final long every;
    private Map<ConversationId, Hint> hints = new LinkedHashMap<>();
    private long takenAt;
    private boolean closed;

    /** @param every the time that passes at least from one take to the next */
    PendingHints(Duration every) {
        this.every = every.toNanos();
        this.takenAt = System.nanoTime() - this.every;
    }

    /** Returns at once; false when there is no room, or no one to take it any more. */
    boolean add(Hint hint) {
        lock.lock();
        try {
            if (closed || (hints.size() >= MAX_CONVERSATIONS && !hints.containsKey(hint.conversation()))) {
                return false;
            }
            if (hints.isEmpty()) {
                // The only wake-up that the commits until the next take cost.
                change.signal();
            }
            hints.merge(hint.conversation(), hint, PendingHints::later);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Commits are told of in any order, so the higher revision is the later, but in a conversation that begins again after a purge. */
    private static Hint later(Hint one, Hint other) {
        return other.revision() == 1 || other.revision() > one.revision() ? other : one;
    }

    /**
     * Waits until there are hints and the last take is long enough ago, so that a lone hint goes at once and the many share; after
     * the close it waits no more, and an empty answer is the last.
     */
    Collection<Hint> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (hints.isEmpty() && !closed) {
                change.await();
            }
            long rest = takenAt + every - System.nanoTime();
            while (rest > 0 && !closed) {
                rest = change.awaitNanos(rest);
            }
            Collection<Hint> taken = hints.values();
            hints = new LinkedHashMap<>();
            takenAt = System.nanoTime();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            change.signal();
        } finally {
            lock.unlock();
        }
    }
}
