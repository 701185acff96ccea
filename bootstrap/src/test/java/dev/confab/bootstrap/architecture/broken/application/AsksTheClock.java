package dev.confab.bootstrap.architecture.broken.application;

import java.time.Instant;
import java.util.UUID;

class AsksTheClock {
    Instant now() {
        return Instant.now();
    }

    UUID id() {
        return UUID.randomUUID();
    }
}
