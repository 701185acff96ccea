package dev.confab.application.quota;

import dev.confab.application.Usages.QuotaExceeded.Quota;
import dev.confab.application.Usages.QuotaExceeded;
import dev.confab.domain.access.Limits;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.query.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * One owner's usage as this instance knows it: the usage that was read last, plus what this instance has reserved since.
 *
 * <p>Concurrent writes cannot exceed a limit together: each reserves what it adds under one lock before it commits, and gives that back
 * only if nothing was recorded. A usage that is read while writes are running may or may not count them, so their reservations stay until
 * the next reading; until then a write may count twice, but it always counts.
 */
final class KnownUsage {
    /** Older than this, a usage is read again before the next write. This instance does not know what others wrote in that time. */
    static final Duration MAX_AGE = Duration.ofSeconds(30);
    /** Before a refusal a usage is read again, but not more often than this: an owner who is refused again and again costs little. */
    static final Duration MIN_AGE = Duration.ofSeconds(1);

    private final OwnerId owner;
    private final UsageReader reader;
    private final LongSupplier nanoTime;
    /** Held while the usage is read, so that many writers read it once. */
    private final ReentrantLock reading = new ReentrantLock();
    /** Empty before the first reading. The fields from here on are guarded by this. */
    private Optional<Usage> read = Optional.empty();
    private long readAtNanos;
    private long readings;
    private boolean removedSince;
    /** Added by writes that were committed since the last reading began. */
    private Usage committed = Usage.NONE;
    /** Reserved by writes that are running. */
    private Usage running = Usage.NONE;

    KnownUsage(OwnerId owner, UsageReader reader, LongSupplier nanoTime) {
        this.owner = owner;
        this.reader = reader;
        this.nanoTime = nanoTime;
    }

    /** Makes sure that the usage was read not too long ago; returns the number of that reading. */
    long readIfOld() {
        if (isOlderThan(MAX_AGE)) {
            reading.lock();
            try {
                if (isOlderThan(MAX_AGE)) {
                    read();
                }
            } finally {
                reading.unlock();
            }
        }
        return readings();
    }

    /** Reads the usage again after a refusal; false if it is so new that the refusal holds. */
    boolean readAgainAfter(long seen) {
        reading.lock();
        try {
            if (readings() == seen && (isOlderThan(MIN_AGE) || hasRemovedSince())) {
                read();
            }
            return readings() != seen;
        } finally {
            reading.unlock();
        }
    }

    private void read() {
        Usage committedBefore = begin();
        end(reader.usage(owner), committedBefore);
    }

    private synchronized long readings() {
        return readings;
    }

    private synchronized boolean hasRemovedSince() {
        return removedSince;
    }

    private synchronized boolean isOlderThan(Duration age) {
        return read.isEmpty() || nanoTime.getAsLong() - readAtNanos > age.toNanos();
    }

    /** Begins a reading. It will count the writes that are committed by now; returns what they added. */
    private synchronized Usage begin() {
        removedSince = false;
        return committed;
    }

    private synchronized void end(Usage now, Usage committedBefore) {
        read = Optional.of(now);
        readAtNanos = nanoTime.getAsLong();
        readings++;
        committed = new Usage(committed.conversations() - committedBefore.conversations(), 0,
                committed.bytes() - committedBefore.bytes());
    }

    Reservation reservation(Limits limits) {
        return new Reservation(limits);
    }

    /** The growth that one write reserves. Used by the thread of the write, and by the one that runs its transaction function. */
    final class Reservation implements AutoCloseable {
        private final Limits limits;
        private Growth growth = Growth.NONE;

        private Reservation(Limits limits) {
            this.limits = limits;
        }

        /** Replaces what an earlier run of the transaction function reserved. Throws {@link QuotaExceeded} if a limit would be exceeded. */
        void replace(Growth next) {
            synchronized (KnownUsage.this) {
                close();
                require(Quota.CONVERSATIONS, limits.conversations().map(Integer::longValue), Usage::conversations,
                        next.conversations());
                require(Quota.STORED_BYTES, limits.storedBytes(), Usage::bytes, next.bytes());
                growth = next;
                running = running.plus(added(next));
            }
        }

        private void require(Quota quota, Optional<Long> limit, ToLongFunction<Usage> part,
                long more) {
            long used = part.applyAsLong(read.orElse(Usage.NONE).plus(committed).plus(running));
            if (more > 0 && limit.isPresent() && used + more > limit.get()) {
                throw new QuotaExceeded(owner, quota, limit.get(), used, more);
            }
        }

        /** The write is committed, or may be: it counts until the next reading. */
        void confirm() {
            synchronized (KnownUsage.this) {
                committed = committed.plus(added(growth));
                removedSince |= growth.removes() || growth.bytes() < 0;
                close();
            }
        }

        /** Gives the reservation back, unless it was confirmed. */
        @Override
        public void close() {
            synchronized (KnownUsage.this) {
                Usage reserved = added(growth);
                running = new Usage(running.conversations() - reserved.conversations(), 0,
                        running.bytes() - reserved.bytes());
                growth = Growth.NONE;
            }
        }

        /** A removal frees space only with the next reading. */
        private static Usage added(Growth growth) {
            return new Usage(Math.max(0, growth.conversations()), 0, Math.max(0, growth.bytes()));
        }
    }
}
