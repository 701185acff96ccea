package dev.confab.domain.webhook;

import dev.confab.domain.conversation.TextRules;
import dev.confab.domain.conversation.Times;
import java.time.Instant;

/** Whether events are sent to a webhook. */
public sealed interface WebhookState {
    /** When the webhook came into this state. */
    Instant since();

    record Enabled(Instant since) implements WebhookState {
        public Enabled {
            Times.requireMillis(since);
        }
    }

    /** Events are not sent, but are not lost either: they are sent when the webhook is enabled again. */
    record Disabled(Instant since, String reason) implements WebhookState {
        private static final int MAX_REASON_LENGTH = 500;

        public Disabled {
            Times.requireMillis(since);
            TextRules.characters("reason", reason, 1, MAX_REASON_LENGTH);
        }
    }
}
