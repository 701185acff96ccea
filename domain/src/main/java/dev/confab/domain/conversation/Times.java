package dev.confab.domain.conversation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times are UTC in whole milliseconds, which JSON, the journal and database columns all store unchanged. */
public final class Times {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Times() {
    }

    /** Checks for whole milliseconds in the years 1 to 9999, which every store and RFC 3339 can represent. */
    public static Instant requireMillis(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new InvalidValue("time", "is not in the years 1 to 9999");
        }
        if (!time.truncatedTo(ChronoUnit.MILLIS).equals(time)) {
            throw new InvalidValue("time", time + " is finer than a millisecond");
        }
        return time;
    }

    public static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
