package dev.confab.domain.port;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookEvent;
import dev.confab.domain.webhook.WebhookUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sends signed events to webhooks, and refuses addresses to which nothing may be sent. */
public interface WebhookSender {

    /** Throws {@link InvalidValue} if the URL is forbidden as it is written. The addresses of its host name are checked at each request. */
    void check(WebhookUrl url);

    /** Sends the event once and waits for the answer, for a limited time. Never throws because of the receiver. */
    Result send(Webhook webhook, WebhookEvent event, Instant now);

    /** What became of an attempt. */
    sealed interface Result {
        /** The receiver answered with a status from 200 to 299: it has the event. */
        record Accepted(int status) implements Result {
        }

        /**
         * The receiver answered with another status.
         *
         * @param retryAfter how long it asks not to be called again
         */
        record Rejected(int status, Optional<Duration> retryAfter) implements Result {
        }

        /** No answer came, or the address is one to which nothing may be sent. The receiver may have the event. */
        record Unanswered(String reason) implements Result {
        }
    }
}
