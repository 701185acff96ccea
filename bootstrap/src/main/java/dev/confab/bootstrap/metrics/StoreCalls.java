package dev.confab.bootstrap.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import dev.confab.domain.ConfabException;

/** Times calls of the store as {@code confab.store.calls}, by call and outcome; a retried call counts once a try. */
final class StoreCalls {
    private final MeterRegistry registry;
    private final ConcurrentHashMap<Series, Timer> timers = new ConcurrentHashMap<>();

    StoreCalls(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Makes the call, passing on what it returns or throws. */
    <R> R time(String call, Supplier<R> body) {
        var started = Timer.start(registry);
        var outcome = "success";
        try {
            return body.get();
        } catch (RuntimeException | Error e) {
            outcome = outcome(e);
            throw e;
        } finally {
            started.stop(timers.computeIfAbsent(new Series(call, outcome), this::timer));
        }
    }

    private Timer timer(Series series) {
        return Timer.builder("confab.store.calls").description("Calls of the store, each try of a retried one")
                .tag("call", series.call).tag("outcome", series.outcome).publishPercentileHistogram()
                .register(registry);
    }

    /** {@code version-conflict} for a {@code VersionConflict}; what Confab has no name for is an {@code error}. */
    static String outcome(Throwable thrown) {
        return thrown instanceof ConfabException
                ? thrown.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT)
                : "error";
    }

    private record Series(String call, String outcome) {
    }
}
