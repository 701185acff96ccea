package dev.confab.adapter.persistence.file.journal;

import dev.confab.domain.port.LockTimeout;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many bytes of the journal no checkpoint covers. Writers wait here while that is too much. */
public final class JournalBacklog {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLong bytes;

    public JournalBacklog(long bytes) {
        this.bytes = new AtomicLong(bytes);
    }

    public long bytes() {
        return bytes.get();
    }

    void add(long written) {
        change(written);
    }

    /** After a checkpoint that covers so many bytes. */
    public void remove(long covered) {
        change(-covered);
    }

    /** Lets all waiting writers check again whether they must give up. */
    void wake() {
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
     * Waits until there are fewer than {@code bound} bytes.
     *
     * @param refuse throws when waiting is of no use any more, because the journal has failed or is closed
     * @throws LockTimeout when the deadline passes or the thread is interrupted first
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
