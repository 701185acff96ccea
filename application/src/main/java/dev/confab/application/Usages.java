package dev.confab.application;

import dev.confab.domain.access.Limits;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.query.Usage;
import java.util.Optional;

/** The usages and limits of owners. */
@FunctionalInterface
public interface Usages {
    /**
     * The owner's usage now.
     *
     * @throws StorageException if that cannot be found out
     */
    Usage of(OwnerId owner);

    /**
     * The owner of a request, and the owner's limits. It holds for a thread while it serves the request, so that use cases
     * need no parameter for it; work that no request does, such as a running turn or a sweep, is not limited.
     */
    record CallerLimits(OwnerId owner, Limits limits) {
        private static final ScopedValue<CallerLimits> CURRENT = ScopedValue.newInstance();

        /** Those of the request that this thread serves; empty if it serves none. */
        public static Optional<CallerLimits> current() {
            return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
        }

        /** Runs the action within these limits. */
        public <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> action) throws X {
            return ScopedValue.where(CURRENT, this).call(action);
        }
    }

    /** A write would store more than its owner may have. Nothing is recorded. */
    final class QuotaExceeded extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Quota quota;
        private final long limit;
        private final long used;
        private final long asked;

        /** The limited quantity. */
        public enum Quota {
            STORED_BYTES, CONVERSATIONS
        }

        /**
         * @param used before the write
         * @param asked what the write would add
         */
        public QuotaExceeded(OwnerId owner, Quota quota, long limit, long used, long asked) {
            super("owner " + owner + " would exceed the limit of " + quota + ": " + used + " + " + asked + " > "
                    + limit,
                    null, false, false);
            this.quota = quota;
            this.limit = limit;
            this.used = used;
            this.asked = asked;
        }

        public Quota quota() {
            return quota;
        }

        public long limit() {
            return limit;
        }

        public long used() {
            return used;
        }

        public long asked() {
            return asked;
        }
    }
}
