package dev.confab.domain.webhook;

import dev.confab.domain.conversation.CanonicalUuid;
import java.util.UUID;

/** Identifies a webhook. */
public record WebhookId(UUID value) implements CanonicalUuid<WebhookId> {

    /** Parses the canonical text; throws {@code InvalidValue} for anything else. */
    public static WebhookId parse(String text) {
        return new WebhookId(CanonicalUuid.parse("id", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
