package dev.confab.adapter.chatexport.whatsapp;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Local times of one zone, in the order of a chat. In the hour that clocks repeat in autumn, a time is the first one until a message would
 * be older than the one before it.
 */
final class LocalTimes {
    private final ZoneId zone;
    private Optional<Instant> last = Optional.empty();

    LocalTimes(ZoneId zone) {
        this.zone = zone;
    }

    Instant next(LocalDateTime local) {
        ZonedDateTime first = local.atZone(zone);
        ZonedDateTime second = first.withLaterOffsetAtOverlap();
        // Times of a minute may come in any order.
        boolean isSecond = last.filter(before -> first.toInstant().isBefore(before.truncatedTo(ChronoUnit.MINUTES)))
                .isPresent();
        Instant time = (isSecond ? second : first).toInstant();
        last = Optional.of(time);
        return time;
    }
}
