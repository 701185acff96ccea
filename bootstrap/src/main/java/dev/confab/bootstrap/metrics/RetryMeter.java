package dev.confab.bootstrap.metrics;

import dev.confab.application.retry.RetryListener;
import dev.confab.domain.port.StorageException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts retries as {@code confab.store.retries}, by the failure of the attempt before. */
public final class RetryMeter implements RetryListener {
    private final MeterRegistry registry;

    public RetryMeter(MeterRegistry registry) {
        this.registry = registry;
        counter("lock-timeout");
    }

    @Override
    public void retrying(int attempt, StorageException failure) {
        counter(StoreCalls.outcome(failure)).increment();
    }

    private Counter counter(String cause) {
        return Counter.builder("confab.store.retries").description("Retries of calls to the store")
                .tag("cause", cause).register(registry);
    }
}
