package dev.confab.domain.webhook;

import dev.confab.domain.ConfabException;

/** A request about webhooks was rejected. */
public abstract sealed class WebhookException extends ConfabException
        permits WebhookNotFound, WebhookIdReused, TooManyWebhooks {
    private static final long serialVersionUID = 1;

    WebhookException(String message) {
        super(message);
    }
}
