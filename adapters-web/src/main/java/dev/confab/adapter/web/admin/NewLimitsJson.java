package dev.confab.adapter.web.admin;

import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Limits.Rate;
import dev.confab.domain.conversation.InvalidValue;
import java.util.Optional;

/** Limits of a new API key; the service's are in force for those that are absent. */
record NewLimitsJson(Optional<Integer> requestsPerSecond, Optional<Integer> burst, Optional<Integer> eventStreams,
        Optional<Integer> runningTurns, Optional<Long> storedBytes, Optional<Integer> conversations) {
    NewLimitsJson {
        if (burst.isPresent() && requestsPerSecond.isEmpty()) {
            throw new InvalidValue("burst", "needs requestsPerSecond");
        }
        var _ = limits(requestsPerSecond, burst, eventStreams, runningTurns, storedBytes, conversations);
    }

    Limits limits() {
        return limits(requestsPerSecond, burst, eventStreams, runningTurns, storedBytes, conversations);
    }

    private static Limits limits(Optional<Integer> requestsPerSecond, Optional<Integer> burst,
            Optional<Integer> eventStreams, Optional<Integer> runningTurns, Optional<Long> storedBytes,
            Optional<Integer> conversations) {
        return new Limits(requestsPerSecond.map(rate -> Rate.of(rate, burst)), eventStreams, runningTurns,
                storedBytes, conversations);
    }
}
