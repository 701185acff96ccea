package dev.confab.bootstrap.metrics;

import dev.confab.application.webhook.DeliveryObserver;
import dev.confab.domain.port.WebhookSender.Result;
import dev.confab.domain.webhook.EventType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Times attempts to deliver events as {@code confab.webhooks.attempts}, by outcome, and counts webhooks that were disabled. */
public final class WebhookMeters implements DeliveryObserver {
    private final MeterRegistry registry;
    private final Counter disabled;

    public WebhookMeters(MeterRegistry registry) {
        this.registry = registry;
        this.disabled = Counter.builder("confab.webhooks.disabled")
                .description("Webhooks disabled because their receivers do not accept events").register(registry);
        for (String outcome : new String[]{"accepted", "rejected", "unanswered"}) {
            timer(outcome);
        }
    }

    @Override
    public void attempted(EventType type, Result result, long nanos) {
        timer(switch (result) {
            case Result.Accepted _ -> "accepted";
            case Result.Rejected _ -> "rejected";
            case Result.Unanswered _ -> "unanswered";
        }).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void disabled() {
        disabled.increment();
    }

    private Timer timer(String outcome) {
        return Timer.builder("confab.webhooks.attempts").description("Attempts to deliver an event")
                .tag("outcome", outcome).register(registry);
    }
}
