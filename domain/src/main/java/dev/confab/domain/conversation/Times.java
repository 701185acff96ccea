package dev.confab.domain.conversation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times are UTC in whole milliseconds: what JSON, a journal and a database column all give back unchanged. */
final class Times {
    private Times() {
    }

    static Instant requireMillis(Instant time) {
        if (!time.truncatedTo(ChronoUnit.MILLIS).equals(time)) {
            throw new InvalidValue("time", time + " is finer than a millisecond");
        }
        return time;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
