package dev.confab.adapter.persistence.jpa.read;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Keys lower and higher than all stored keys, so that the query of a first page is like that of any other page. */
final class KeyLimits {
    static final UUID LOWEST = new UUID(0, 0);
    static final UUID HIGHEST = new UUID(-1, -1);
    /** The limits of PostgreSQL's timestamps. */
    static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("+294276-12-31T23:59:59.999Z");

    private KeyLimits() {
    }

    /** The time as a timestamp of the database; stored times, whole milliseconds, compare with both alike. */
    static Instant of(Instant moment) {
        return moment.isBefore(EARLIEST)
                ? EARLIEST
                : moment.isAfter(LATEST) ? LATEST : moment.truncatedTo(ChronoUnit.MILLIS);
    }
}
