package dev.confab.adapter.web.webhook;

import dev.confab.application.Webhooks;

/** A webhook, and in how many conversations an event waits for it. */
record WebhookStatusJson(WebhookJson webhook, int backlog) {
    static WebhookStatusJson from(Webhooks.Status status) {
        return new WebhookStatusJson(WebhookJson.from(status.webhook()), status.backlog());
    }
}
