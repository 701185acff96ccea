package dev.confab.adapter.web.webhook;

import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookState.Disabled;
import dev.confab.domain.webhook.WebhookState.Enabled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook without its secret. */
record WebhookJson(String id, String url, List<String> events, boolean enabled, String stateSince,
        @Nullable String disabledReason, @Nullable DeliveryFailureJson lastFailure, String createdAt) {

    /** The last delivery that failed. */
    record DeliveryFailureJson(String at, String eventId, String reason) {
        static DeliveryFailureJson from(DeliveryFailure failure) {
            return new DeliveryFailureJson(ResponseJson.time(failure.at()), failure.eventId(), failure.reason());
        }
    }

    static WebhookJson from(Webhook webhook) {
        String disabledReason = switch (webhook.state()) {
            case Enabled _ -> null;
            case Disabled disabled -> disabled.reason();
        };
        return new WebhookJson(webhook.id().toString(), webhook.url().toString(),
                webhook.events().stream().sorted().map(EventType::code).toList(), webhook.isEnabled(),
                ResponseJson.time(webhook.state().since()), disabledReason,
                webhook.lastFailure().map(DeliveryFailureJson::from).orElse(null),
                ResponseJson.time(webhook.createdAt()));
    }
}
