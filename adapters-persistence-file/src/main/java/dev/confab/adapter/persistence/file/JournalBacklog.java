package dev.confab.adapter.persistence.file;

import dev.confab.domain.port.LockTimeout;

/** How much the journal holds that no checkpoint covers; writers wait here while that is too much. */
final class JournalBacklog {
    private volatile long bytes;

    JournalBacklog(long bytes) {
        this.bytes = bytes;
    }

    long bytes() {
        return bytes;
    }

    synchronized void written(long more) {
        bytes += more;
    }

    synchronized void covered(long less) {
        bytes -= less;
        notifyAll();
    }

    /** Whoever waits looks again whether it is refused. */
    synchronized void wake() {
        notifyAll();
    }

    /**
     * Waits until fewer than {@code bound} bytes are held.
     *
     * @param refuse throws when there is nothing to wait for any more
     */
    void await(long bound, long deadlineNanos, Runnable refuse) {
        refuse.run();
        if (bytes < bound) {
            return;
        }
        synchronized (this) {
            while (bytes >= bound) {
                refuse.run();
                long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new LockTimeout("the journal is full until the checkpoint under way ends");
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new LockTimeout("interrupted while the journal was full", e);
                }
            }
        }
    }
}
