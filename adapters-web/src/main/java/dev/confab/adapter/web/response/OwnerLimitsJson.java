package dev.confab.adapter.web.response;

import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Limits.Rate;
import org.jspecify.annotations.Nullable;

/** Limits of an owner; null for one that is absent. */
public record OwnerLimitsJson(@Nullable Integer requestsPerSecond, @Nullable Integer burst,
        @Nullable Integer eventStreams, @Nullable Integer runningTurns, @Nullable Long storedBytes,
        @Nullable Integer conversations) {
    public static OwnerLimitsJson from(Limits limits) {
        return new OwnerLimitsJson(limits.rate().map(Rate::perSecond).orElse(null),
                limits.rate().map(Rate::burst).orElse(null), limits.eventStreams().orElse(null),
                limits.runningTurns().orElse(null), limits.storedBytes().orElse(null),
                limits.conversations().orElse(null));
    }
}
