package dev.confab.domain.statistics;

import dev.confab.domain.conversation.InvalidValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Which messages count, and in which zone their days and hours are.
 *
 * @param from the first day; empty for no bound
 * @param to the last day, which is included; empty for no bound
 */
public record Period(ZoneId zone, Optional<LocalDate> from, Optional<LocalDate> to) {
    public Period {
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw new InvalidValue("to", "must not be before from");
        }
    }

    /** All messages. */
    public static Period always(ZoneId zone) {
        return new Period(zone, Optional.empty(), Optional.empty());
    }

    /** Where a time is in the days of the zone. */
    Moment moment(Instant time) {
        long local = time.getEpochSecond() + zone.getRules().getOffset(time).getTotalSeconds();
        return new Moment(time, Math.floorDiv(local, Moment.SECONDS_OF_DAY),
                Math.floorMod(local, Moment.SECONDS_OF_DAY) / 3600);
    }

    boolean includes(Moment moment) {
        return from.filter(first -> moment.day() < first.toEpochDay()).isEmpty()
                && to.filter(last -> moment.day() > last.toEpochDay()).isEmpty();
    }

    /**
     * @param day since 1970-01-01
     * @param hour 0..23, as a clock in the zone shows it
     */
    record Moment(Instant time, long day, int hour) {
        static final int SECONDS_OF_DAY = 86_400;

        /** 0 for Monday. */
        int weekday() {
            return Math.floorMod(day + 3, 7);
        }
    }
}
