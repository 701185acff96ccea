package dev.confab.bootstrap;

import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.settings.ConfabSettings.Security;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Limits.Rate;
import java.util.Optional;
import org.springframework.util.unit.DataSize;

/**
 * The limits of an owner by the settings. The defaults are for owners who share a service: far above what a person or an import needs, and low enough
 * that no owner alone can take all of it. Without log-in there is one owner, who has no limit.
 */
final class OwnerLimits {
    private static final int REQUESTS_PER_SECOND = 100;
    private static final DataSize STORED_BYTES = DataSize.ofGigabytes(100);
    private static final int CONVERSATIONS = 1_000_000;
    /** So many owners must come together before they fill an instance. */
    private static final int SHARES = 4;

    private OwnerLimits() {
    }

    /** @param streams how many event streams may be open in all */
    static Limits of(ConfabSettings settings, int streams) {
        boolean shared = settings.security() != Security.NONE;
        var limits = settings.limits();
        Optional<Rate> rate = orElse(limits.requestsPerSecond(), shared, REQUESTS_PER_SECOND)
                .filter(OwnerLimits::isLimit).map(perSecond -> Rate.of(perSecond, limits.burst()));
        return new Limits(rate,
                orElse(settings.streams().maxPerOwner(), shared, share(streams)),
                orElse(settings.turn().maxRunningPerOwner(), shared, share(settings.turn().maxRunning())),
                orElse(limits.storedBytes(), shared, STORED_BYTES).map(DataSize::toBytes).filter(OwnerLimits::isLimit),
                orElse(limits.conversations(), shared, CONVERSATIONS).filter(OwnerLimits::isLimit));
    }

    private static <T> Optional<T> orElse(Optional<T> setting, boolean shared, T number) {
        return setting.isPresent() || !shared ? setting : Optional.of(number);
    }

    private static int share(int all) {
        return Math.max(1, all / SHARES);
    }

    /** 0 is written for none. */
    private static boolean isLimit(Number number) {
        return number.longValue() > 0;
    }
}
