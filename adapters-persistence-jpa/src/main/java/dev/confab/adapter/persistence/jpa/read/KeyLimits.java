package dev.confab.adapter.persistence.jpa.read;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Before and beyond all that is stored, so that a first page is a page like any other. */
final class KeyLimits {
    static final UUID LOWEST = new UUID(0, 0);
    static final UUID HIGHEST = new UUID(-1, -1);
    /** The times that a timestamp of PostgreSQL ends with. */
    static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");
    static final Instant LATEST = Instant.parse("+294276-12-31T23:59:59.999Z");

    private KeyLimits() {
    }

    /** The moment as the database can take it: what is stored, in whole milliseconds, stands to it as to the moment itself. */
    static Instant of(Instant moment) {
        return moment.isBefore(EARLIEST)
                ? EARLIEST
                : moment.isAfter(LATEST) ? LATEST : moment.truncatedTo(ChronoUnit.MILLIS);
    }
}
