package dev.confab.application.webhook;

import java.time.Duration;
import java.util.List;

/**
 * The pauses between attempts: the first one times 1, 6, 24, 120, 360, 720, 1,440, 2,880 and from then on 4,320. If the first is 5 s, they
 * grow to 6 h. Each is up to a fifth longer or shorter, depending on the hash of the conversation, so that the conversations of a webhook
 * are not all tried at the same moment.
 */
record Backoff(Duration first) {
    private static final List<Integer> FACTORS = List.of(1, 6, 24, 120, 360, 720, 1_440, 2_880, 4_320);
    private static final int PERCENT = 100;
    private static final int JITTER_PERCENT = 20;

    /**
     * @param failures the number of failed attempts, at least 1
     * @param seed identifies the conversation that is tried again
     */
    Duration after(int failures, Object seed) {
        int factor = FACTORS.get(Math.min(failures, FACTORS.size()) - 1);
        int mixed = (seed.hashCode() + failures) * 0x9E3779B9;
        int percent = PERCENT - JITTER_PERCENT + Math.floorMod(mixed >>> 8, 2 * JITTER_PERCENT + 1);
        return first.multipliedBy((long) factor * percent).dividedBy(PERCENT);
    }
}
