package dev.confab.domain.webhook;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.TextRules;
import java.net.URI;
import java.net.URISyntaxException;

/** The address that a webhook's events are sent to: an absolute https or http URL without user information and fragment. */
public record WebhookUrl(URI uri) {
    public static final int MAX_LENGTH = 2_000;
    private static final int MAX_PORT = 65_535;

    public WebhookUrl {
        TextRules.characters("url", uri.toString(), 1, MAX_LENGTH);
        boolean isHttp = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        if (!isHttp || uri.getHost() == null) {
            throw new InvalidValue("url", "must be an absolute URL such as https://example.com/hooks");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new InvalidValue("url", "must not have user information or a fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw new InvalidValue("url", "must have a port from 1 to " + MAX_PORT);
        }
    }

    /** Throws {@link InvalidValue} for anything else. */
    public static WebhookUrl parse(String text) {
        try {
            return new WebhookUrl(new URI(TextRules.characters("url", text, 1, MAX_LENGTH)));
        } catch (URISyntaxException e) {
            throw new InvalidValue("url", "is not a URL: " + e.getReason());
        }
    }

    public boolean isHttps() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
