package dev.confab.adapter.web.webhook;

import dev.confab.application.Webhooks;
import org.jspecify.annotations.Nullable;

/** The result of a test of a webhook. */
record WebhookTestJson(boolean accepted, @Nullable Integer status, @Nullable String failure) {
    static WebhookTestJson from(Webhooks.Trial trial) {
        Integer status = trial.status().isPresent() ? trial.status().getAsInt() : null;
        return new WebhookTestJson(trial.failure().isEmpty(), status, trial.failure().orElse(null));
    }
}
