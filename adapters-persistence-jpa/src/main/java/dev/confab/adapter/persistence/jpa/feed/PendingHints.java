package dev.confab.adapter.persistence.jpa.feed;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ChangeFeed.Hint;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The hints still to be sent to other instances: the latest of each conversation, of a limited number of them. */
final class PendingHints {
    /** Reached only during an outage of the database. Other instances find the rest by polling. */
    static final int MAX_CONVERSATIONS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final long every;
    private Map<ConversationId, Hint> hints = new LinkedHashMap<>();
    private long takenAt;
    private boolean closed;

    /** @param every the minimum time from one take to the next */
    PendingHints(Duration every) {
        this.every = every.toNanos();
        this.takenAt = System.nanoTime() - this.every;
    }

    /** Returns at once; false when the limit is reached, or after the close. */
    boolean add(Hint hint) {
        lock.lock();
        try {
            if (closed || (hints.size() >= MAX_CONVERSATIONS && !hints.containsKey(hint.conversation()))) {
                return false;
            }
            if (hints.isEmpty()) {
                // The only wake-up until the next take, however many commits follow.
                change.signal();
            }
            hints.merge(hint.conversation(), hint, PendingHints::later);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Hints arrive in any order: the higher revision is later, unless the conversation was created again. */
    private static Hint later(Hint one, Hint other) {
        return other.revision() == 1 || other.revision() > one.revision() ? other : one;
    }

    /**
     * Waits for hints and until the last take is long enough ago. After the close this does not wait, and an empty
     * result is the last.
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
