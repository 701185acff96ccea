package dev.confab.bootstrap.endtoend;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;

/** Meters of which one, when the test says so, throws an Error in the thread that records a time. */
final class DeadlyMeters extends SimpleMeterRegistry {
    private volatile String deadly = "";

    void killWhoeverRecords(String meter) {
        deadly = meter;
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauseDetector) {
        return new CumulativeTimer(id, clock, config, pauseDetector, getBaseTimeUnit()) {
            @Override
            protected void recordNonNegative(long amount, TimeUnit unit) {
                if (id.getName().equals(deadly)) {
                    throw new StackOverflowError("planted");
                }
                super.recordNonNegative(amount, unit);
            }
        };
    }
}
