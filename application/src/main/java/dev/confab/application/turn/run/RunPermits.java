package dev.confab.application.turn.run;

import dev.confab.application.Turns.TooManyRunningTurns;
import dev.confab.application.Turns.TooManyTurnsOfOwner;
import dev.confab.application.Usages.CallerLimits;
import dev.confab.domain.access.Limits;
import dev.confab.domain.conversation.OwnerId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Bounds how many turns run on this instance at once, in all and for each owner. */
public final class RunPermits {
    private final int max;
    /** How many turns of each owner run; an owner without one has no entry. Guarded by this. */
    private final Map<OwnerId, Integer> ofOwner = new HashMap<>();
    /** Guarded by this. */
    private int all;

    RunPermits(int max) {
        this.max = max;
    }

    /** The permit of the request that this thread serves, not yet acquired. */
    Permit permit(OwnerId owner) {
        return new Permit(owner, CallerLimits.current().map(CallerLimits::limits).flatMap(Limits::runningTurns));
    }

    /**
     * The permit of a turn that waited for its predecessor, acquired. It is never refused: a turn ends for it, here or on another instance, so
     * it adds none to those that run.
     */
    Permit permitOfTheNext(OwnerId owner) {
        var permit = new Permit(owner, Optional.empty());
        permit.acquire(Integer.MAX_VALUE);
        return permit;
    }

    /** @param times by how often the limits may be exceeded: 1 if not at all */
    private synchronized void acquire(OwnerId owner, Optional<Integer> limit, int times) {
        int own = ofOwner.getOrDefault(owner, 0);
        if (limit.isPresent() && own >= (long) times * limit.get()) {
            throw new TooManyTurnsOfOwner(limit.get());
        }
        if (all >= (long) times * max) {
            throw new TooManyRunningTurns();
        }
        all++;
        ofOwner.put(owner, own + 1);
    }

    private synchronized void release(OwnerId owner) {
        all--;
        ofOwner.computeIfPresent(owner, (_, own) -> own == 1 ? null : own - 1);
    }

    /**
     * The permit of one request to run a turn. The request acquires it in its transaction, only when a turn is to run, and releases it by
     * closing, unless a run has taken it over. Thread-safe, because a store may run the transaction function on another thread.
     */
    public final class Permit implements AutoCloseable {
        private final OwnerId owner;
        private final Optional<Integer> limit;
        private boolean acquired;
        private boolean ofRun;

        private Permit(OwnerId owner, Optional<Integer> limit) {
            this.owner = owner;
            this.limit = limit;
        }

        /**
         * May be repeated, as a transaction function is. Throws {@link TooManyTurnsOfOwner} or {@link TooManyRunningTurns} when no permit is
         * free.
         */
        public synchronized void acquire() {
            acquire(1);
        }

        /**
         * The same for a turn that interrupts one that runs here and has a permit until it stops, soon. So the limits may be exceeded, but
         * not by more than twice: runs that do not react to their interruption must not add up.
         */
        public synchronized void acquireInPlaceOfAnother() {
            acquire(2);
        }

        /**
         * Throws the same when twice as many turns run as the limits allow: a turn that waits needs no permit, but runs that do not react to
         * their cancellation must not add up by turns that follow them.
         */
        public synchronized void requireRoomBehind() {
            if (!acquired) {
                acquire(2);
                release();
            }
        }

        private void acquire(int times) {
            if (!acquired) {
                RunPermits.this.acquire(owner, limit, times);
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
                RunPermits.this.release(owner);
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
