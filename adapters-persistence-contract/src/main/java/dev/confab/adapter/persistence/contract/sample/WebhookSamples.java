package dev.confab.adapter.persistence.contract.sample;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.webhook.WebhookSecret;
import dev.confab.domain.webhook.WebhookUrl;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Webhooks for tests. */
public final class WebhookSamples {
    private WebhookSamples() {
    }

    /** Any 128 bits, so that half of the ids are negative when they are compared as signed numbers. */
    public static WebhookId newWebhookId() {
        var random = ThreadLocalRandom.current();
        return new WebhookId(new UUID(random.nextLong(), random.nextLong()));
    }

    public static WebhookSecret newSecret() {
        var random = ThreadLocalRandom.current();
        return WebhookSecret.of(ByteBuffer.allocate(32).putLong(random.nextLong()).putLong(random.nextLong())
                .putLong(random.nextLong()).putLong(random.nextLong()).array());
    }

    /** A new webhook for all types of events. */
    public static Webhook webhook(OwnerId owner) {
        WebhookId id = newWebhookId();
        return Webhook.create(id, owner, WebhookUrl.parse("https://example.com/hooks/" + id), EventType.SUBSCRIBABLE,
                newSecret(), Samples.now());
    }
}
