package dev.confab.domain.access;

import dev.confab.domain.conversation.InvalidValue;
import java.util.Optional;

/**
 * The most that an owner may use. Where an API key has no limit, the service's limit holds; where the service has none either, there is no
 * limit.
 *
 * @param rate of requests
 * @param eventStreams how many event streams may be open at once on an instance
 * @param runningTurns how many turns may run at once on an instance
 * @param storedBytes as {@link dev.confab.domain.query.Usage} counts them
 * @param conversations as {@link dev.confab.domain.query.Usage} counts them
 */
public record Limits(Optional<Rate> rate, Optional<Integer> eventStreams, Optional<Integer> runningTurns,
        Optional<Long> storedBytes, Optional<Integer> conversations) {
    /** No limit. */
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());

    public Limits {
        eventStreams.ifPresent(number -> requirePositive("eventStreams", number));
        runningTurns.ifPresent(number -> requirePositive("runningTurns", number));
        storedBytes.ifPresent(number -> requirePositive("storedBytes", number));
        conversations.ifPresent(number -> requirePositive("conversations", number));
    }

    /**
     * A token bucket: it holds {@code burst} tokens at most and gains {@code perSecond} in a second, and a request takes one.
     */
    public record Rate(int perSecond, int burst) {
        /** Tokens that are gained faster could not be counted by the nanosecond. */
        public static final int MAX = 1_000_000;
        private static final int SECONDS_OF_BURST = 5;

        public Rate {
            requirePositive("requestsPerSecond", perSecond);
            requirePositive("burst", burst);
            if (perSecond > MAX || burst > MAX) {
                throw new InvalidValue(perSecond > MAX ? "requestsPerSecond" : "burst", "must be at most " + MAX);
            }
        }

        /** @param burst if absent, as many requests as five seconds allow */
        public static Rate of(int perSecond, Optional<Integer> burst) {
            return new Rate(perSecond, burst.orElseGet(() -> (int) Math.min(MAX, (long) SECONDS_OF_BURST * perSecond)));
        }
    }

    /** These limits, and for each that is absent the other one. */
    public Limits over(Limits others) {
        return new Limits(rate.or(others::rate), eventStreams.or(others::eventStreams),
                runningTurns.or(others::runningTurns), storedBytes.or(others::storedBytes),
                conversations.or(others::conversations));
    }

    private static void requirePositive(String name, long number) {
        if (number < 1) {
            throw new InvalidValue(name, "must be at least 1");
        }
    }
}
