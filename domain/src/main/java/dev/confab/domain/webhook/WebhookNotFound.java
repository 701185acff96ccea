package dev.confab.domain.webhook;

/** The owner has no webhook with this id. */
public final class WebhookNotFound extends WebhookException {
    private static final long serialVersionUID = 1;

    public WebhookNotFound(WebhookId id) {
        super("there is no webhook " + id);
    }
}
