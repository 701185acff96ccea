package dev.confab.adapter.web.webhook;

import dev.confab.application.Webhooks;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.WebhookUrl;
import java.util.Optional;
import java.util.Set;

/** A change of a webhook: absent members stay as they are. */
record WebhookPatchJson(Optional<WebhookUrl> url, Optional<Set<EventType>> events, Optional<Boolean> enabled) {
    WebhookPatchJson {
        events.ifPresent(NewWebhookJson::requireSome);
    }

    Webhooks.Change change() {
        return new Webhooks.Change(url, events, enabled);
    }
}
