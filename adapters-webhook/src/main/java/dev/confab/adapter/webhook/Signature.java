package dev.confab.adapter.webhook;

import dev.confab.domain.webhook.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of Standard Webhooks: HMAC-SHA256 of id, time of the attempt and body. */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {
    }

    /** The value of the header {@code webhook-signature}; the other two are those of {@code webhook-id} and {@code webhook-timestamp}. */
    static String of(WebhookSecret secret, String id, long epochSecond, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.key(), ALGORITHM));
            mac.update((id + "." + epochSecond + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
