package dev.confab.domain.access;

import dev.confab.domain.conversation.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * SHA-256 of a key's secret, in 64 hexadecimal digits in lower case. A secret has 256 random bits, so it cannot be found by trying, and a
 * slow hash as for passwords would only slow down each request.
 */
public record SecretDigest(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public SecretDigest {
        if (!FORM.matcher(hex).matches()) {
            throw new InvalidValue("digest", "must be 64 hexadecimal digits in lower case");
        }
    }

    public static SecretDigest of(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return new SecretDigest(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Compares in a time that does not depend on where the two differ. */
    public boolean matches(String secret) {
        return MessageDigest.isEqual(bytes(), of(secret).bytes());
    }

    private byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
