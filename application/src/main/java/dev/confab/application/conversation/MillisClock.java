package dev.confab.application.conversation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The time in whole milliseconds, as the domain requires it. Read it before a transaction, never inside. */
public record MillisClock(InstantSource clock) {
    public Instant millis() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
