package dev.confab.adapter.web;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.port.WebhookSender;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookEvent;
import dev.confab.domain.webhook.WebhookUrl;
import java.time.Instant;

/** Sends nothing, and answers as a test has said. It refuses the host {@code private.example}. */
final class TestWebhookSender implements WebhookSender {
    private volatile Result result = new Result.Accepted(204);

    void answer(Result next) {
        result = next;
    }

    @Override
    public void check(WebhookUrl url) {
        if (url.uri().getHost().equals("private.example")) {
            throw new InvalidValue("url", "must not be private");
        }
    }

    @Override
    public Result send(Webhook webhook, WebhookEvent event, Instant now) {
        return result;
    }
}
