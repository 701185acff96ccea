package dev.confab.domain.conversation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times are UTC in whole milliseconds: JSON, a journal and a database column all preserve them. */
public final class Times {
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** No correct clock is further ahead of another. A time further ahead does not show when something happened. */
    private static final Duration MAX_AHEAD = Duration.ofDays(1);

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

    /** The latest time that is not far ahead of the clock: a day. */
    public static Instant latestPlausible(Instant now) {
        return now.plus(MAX_AHEAD);
    }

    public static boolean isFarAhead(Instant time, Instant now) {
        return time.isAfter(latestPlausible(now));
    }

    public static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * The time of an event at {@code now} that follows one at {@code previous}: never earlier than that, unless {@code previous} is far
     * ahead. Then it is wrong, and {@code now} ends the error.
     */
    public static Instant following(Instant previous, Instant now) {
        return isFarAhead(previous, now) ? now : later(previous, now);
    }
}
