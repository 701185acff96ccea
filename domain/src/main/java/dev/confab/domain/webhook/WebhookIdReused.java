package dev.confab.domain.webhook;

/** The id belongs to a webhook that another request created. */
public final class WebhookIdReused extends WebhookException {
    private static final long serialVersionUID = 1;

    public WebhookIdReused(WebhookId id) {
        super("webhook " + id + " was created by another request");
    }
}
