package dev.confab.adapter.web.webhook;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.WebhookUrl;
import java.util.Optional;
import java.util.Set;

/** The body of a request for a new webhook; without {@code events} it receives all types of events. */
record NewWebhookJson(WebhookUrl url, Optional<Set<EventType>> events) {
    NewWebhookJson {
        events.ifPresent(NewWebhookJson::requireSome);
    }

    static void requireSome(Set<EventType> events) {
        if (events.isEmpty()) {
            throw new InvalidValue("events", "must name at least one type of event");
        }
    }

    Set<EventType> subscribed() {
        return events.orElse(EventType.SUBSCRIBABLE);
    }
}
