package dev.confab.domain.webhook;

import dev.confab.domain.conversation.InvalidValue;
import java.util.Base64;

/**
 * The key with which messages to a webhook are signed, by the scheme of Standard Webhooks (https://www.standardwebhooks.com). The receiver
 * has it too. The text is stored and not only its digest, because a signature needs it.
 *
 * @param text {@code whsec_} and the Base64 of 24 to 64 bytes
 */
public record WebhookSecret(String text) {
    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    public WebhookSecret {
        int length = text.startsWith(PREFIX) ? decoded(text).length : 0;
        if (length < MIN_BYTES || length > MAX_BYTES) {
            throw new InvalidValue("secret",
                    "must be " + PREFIX + " and the Base64 of " + MIN_BYTES + " to " + MAX_BYTES
                            + " bytes");
        }
    }

    /** The secret of these bytes, which must be random. */
    public static WebhookSecret of(byte[] key) {
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** The key for HMAC-SHA256. */
    public byte[] key() {
        return decoded(text);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    /** Without the secret, so that a log cannot show it. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
