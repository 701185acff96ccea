package dev.confab.application.webhook;

import dev.confab.domain.port.WebhookSender.Result;
import dev.confab.domain.webhook.EventType;

/** Observes deliveries, for metrics. Its methods must return at once and must not throw. */
public interface DeliveryObserver {
    DeliveryObserver NONE = new DeliveryObserver() {
    };

    /** An attempt has ended. */
    default void attempted(EventType type, Result result, long nanos) {
    }

    /** A webhook was disabled because its receiver does not accept events. */
    default void disabled() {
    }
}
