package dev.confab.adapter.web.problem;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Decides which warnings are logged when a busy or broken server would repeat them with every request: the first of each kind, and then one
 * a minute. Thread-safe.
 */
final class ThrottledWarnings {
    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    /** When a warning of a kind was last logged, how many were left out since, and how many just before that one. */
    private record Count(long loggedNanos, long leftOut, long leftOutBefore) {
    }

    private final Map<ProblemCode, Count> counts = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock: {@code System::nanoTime} */
    ThrottledWarnings(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How many warnings of this kind were left out before this one; empty if this one is to be left out, too. */
    OptionalLong next(ProblemCode kind) {
        Count count = counts.compute(kind, (_, before) -> {
            long now = nanoTime.getAsLong();
            if (before == null) {
                return new Count(now, 0, 0);
            }
            return now - before.loggedNanos() < AGAIN_NANOS
                    ? new Count(before.loggedNanos(), before.leftOut() + 1, before.leftOutBefore())
                    : new Count(now, 0, before.leftOut());
        });
        return count.leftOut() == 0 ? OptionalLong.of(count.leftOutBefore()) : OptionalLong.empty();
    }
}
