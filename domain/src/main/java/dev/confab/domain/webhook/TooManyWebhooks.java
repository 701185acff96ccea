package dev.confab.domain.webhook;

/** The owner can have no more webhooks until one is deleted. */
public final class TooManyWebhooks extends WebhookException {
    private static final long serialVersionUID = 1;

    public TooManyWebhooks(int limit) {
        super("the owner has " + limit + " webhooks, the most that an owner may have; delete one first");
    }
}
