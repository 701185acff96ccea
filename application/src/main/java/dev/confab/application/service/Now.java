package dev.confab.application.service;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The time as the domain wants it: whole milliseconds. Asked before a transaction, never within. */
record Now(InstantSource clock) {
    Instant millis() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
