package dev.confab.domain.conversation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times are UTC in whole milliseconds: JSON, a journal and a database column all preserve them. */
public final class Times {
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Times() {
    }

    /** Requires whole milliseconds in the years 1 to 9999, the range of RFC 3339 and of every store. */
    public static Instant requireMillis(Instant time) {
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new InvalidValue("time", "must be in the years 1 to 9999");
        }
        if (!time.truncatedTo(ChronoUnit.MILLIS).equals(time)) {
            throw new InvalidValue("time", time + " must be in whole milliseconds");
        }
        return time;
    }

    public static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
