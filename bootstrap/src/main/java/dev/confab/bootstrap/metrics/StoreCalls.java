package dev.confab.bootstrap.metrics;

import dev.confab.domain.ConfabException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Times calls to the store as {@code confab.store.calls}, by call and outcome. Each attempt of a retried call counts. */
final class StoreCalls {
    private final MeterRegistry registry;
    private final ConcurrentHashMap<Series, Timer> timers = new ConcurrentHashMap<>();

    StoreCalls(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Makes the call; returns or throws what the call does. */
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
        return Timer.builder("confab.store.calls")
                .description("Calls to the store; each attempt of a retried call counts")
                .tag("call", series.call).tag("outcome", series.outcome).publishPercentileHistogram()
                .register(registry);
    }

    /** {@code version-conflict} for a {@code VersionConflict}; {@code error} for an exception that is not Confab's. */
    static String outcome(Throwable thrown) {
        return thrown instanceof ConfabException
                ? thrown.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT)
                : "error";
    }

    private record Series(String call, String outcome) {
    }
}
