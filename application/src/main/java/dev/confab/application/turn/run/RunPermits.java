package dev.confab.application.turn.run;

import dev.confab.application.Turns.TooManyRunningTurns;
import java.util.concurrent.Semaphore;

/** Bounds how many turns run on this instance at once. */
public final class RunPermits {
    private final Semaphore free;

    RunPermits(int max) {
        this.free = new Semaphore(max);
    }

    /** A request's permit, not yet acquired. */
    Permit permit() {
        return new Permit();
    }

    /**
     * The permit of one request to run a turn. The request acquires it in its transaction, only when a turn is to run, and releases it by
     * closing, unless a run has taken it over. Thread-safe, because a store may run the transaction function on another thread.
     */
    public final class Permit implements AutoCloseable {
        private boolean acquired;
        private boolean ofRun;

        private Permit() {
        }

        /** May be repeated, as a transaction function is. Throws {@link TooManyRunningTurns} when no permit is free. */
        public synchronized void acquire() {
            if (!acquired && !free.tryAcquire()) {
                throw new TooManyRunningTurns();
            }
            acquired = true;
        }

        /** Passes the permit to the run, which holds it until {@link #release}. */
        synchronized void handOver() {
            ofRun = true;
        }

        synchronized void release() {
            if (acquired) {
                acquired = false;
                free.release();
            }
        }

        @Override
        public synchronized void close() {
            if (!ofRun) {
                release();
            }
        }
    }
}
