package dev.confab.application;

import dev.confab.domain.access.Limits;
import dev.confab.domain.conversation.OwnerId;
import java.util.Optional;

/**
 * For whom a request is made, and what this owner may use at most. It holds for a thread while it serves the request, so that use cases
 * need no parameter for it; work that no request does, such as a running turn or a sweep, is not limited.
 */
public record CallerLimits(OwnerId owner, Limits limits) {
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
