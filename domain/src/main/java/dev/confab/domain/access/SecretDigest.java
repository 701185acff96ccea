package dev.confab.domain.access;

import dev.confab.domain.conversation.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a key's secret, in 64 hexadecimal digits. A secret has 256 random bits, so it cannot be found by trying, and a slow hash as
 * for passwords would only slow down each request.
 */
public record SecretDigest(String hex) {
    public SecretDigest {
        if (hex.length() != 64 || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new InvalidValue("digest", "is not 64 hexadecimal digits");
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
