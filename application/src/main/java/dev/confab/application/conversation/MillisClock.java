package dev.confab.application.conversation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The time as the domain wants it: whole milliseconds. Asked before a transaction, never within. */
public record MillisClock(InstantSource clock) {
    public Instant millis() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
