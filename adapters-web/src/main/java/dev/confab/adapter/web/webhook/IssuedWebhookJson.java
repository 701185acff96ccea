package dev.confab.adapter.web.webhook;

import dev.confab.domain.webhook.Webhook;

/** A webhook with its secret, which is shown when it is made or replaced, and not again. */
record IssuedWebhookJson(WebhookJson webhook, String secret) {
    static IssuedWebhookJson from(Webhook webhook) {
        return new IssuedWebhookJson(WebhookJson.from(webhook), webhook.secret().text());
    }

    /** Without the secret, so that a log cannot show it. */
    @Override
    public String toString() {
        return "secret of " + webhook;
    }
}
