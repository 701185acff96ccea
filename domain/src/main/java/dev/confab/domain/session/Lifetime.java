package dev.confab.domain.session;

import dev.confab.domain.conversation.Times;
import java.time.Instant;
import java.util.Optional;

/** How long a session lives. */
public sealed interface Lifetime {
    /** Until it is deleted. */
    record Permanent() implements Lifetime {
    }

    /** Until that moment, exclusive: from then on no reader sees the session, even before a sweep removes it. */
    record Temporary(Instant expiresAt) implements Lifetime {
        public Temporary {
            Times.requireMillis(expiresAt);
        }
    }

    default boolean isOver(Instant now) {
        return expiry().filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Empty when it does not expire. */
    default Optional<Instant> expiry() {
        return this instanceof Temporary(Instant expiresAt) ? Optional.of(expiresAt) : Optional.empty();
    }
}
