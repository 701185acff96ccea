package dev.confab.bootstrap.architecture.broken.application;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

class RollsDice {
    int random(Random random) {
        return random.nextInt();
    }

    int threadLocalRandom() {
        return ThreadLocalRandom.current().nextInt();
    }

    double mathRandom() {
        return Math.random();
    }

    LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    /** Keeps to the rules: the clock comes from outside. */
    LocalDate todayOf(Clock clock) {
        return LocalDate.now(clock);
    }
}
