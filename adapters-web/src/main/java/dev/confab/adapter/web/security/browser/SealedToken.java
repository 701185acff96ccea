package dev.confab.adapter.web.security.browser;

import dev.confab.adapter.web.settings.WebSettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * A token as a browser keeps it, in a cookie: encrypted with a key that every instance of the service has (AES-256-GCM, the key derived
 * from that of the cursors by HKDF, RFC 5869). So no instance keeps a session, a stolen cookie is of no use as an API key elsewhere, and a
 * key that is revoked ends the log-in at once, because each request is checked as if it had brought the token itself.
 */
final class SealedToken {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] PURPOSE = "confab log-in cookie".getBytes(StandardCharsets.UTF_8);
    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    SealedToken(WebSettings settings) {
        try {
            key = KDF.getInstance("HKDF-SHA256").deriveKey("AES",
                    HKDFParameterSpec.ofExtract().addIKM(settings.cursorKey()).thenExpand(PURPOSE, 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HKDF-SHA256.", e);
        }
    }

    String seal(String token) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] encrypted = crypt(Cipher.ENCRYPT_MODE, nonce, token.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
        System.arraycopy(encrypted, 0, sealed, NONCE_BYTES, encrypted.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** The token that {@link #seal} was given; empty for anything else. */
    Optional<String> open(String cookie) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(cookie);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        return sealed.length <= NONCE_BYTES
                ? Optional.empty()
                : crypt(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES),
                        Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length))
                        .map(text -> new String(text, StandardCharsets.UTF_8));
    }

    private Optional<byte[]> crypt(int mode, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return Optional.of(cipher.doFinal(text));
        } catch (GeneralSecurityException forged) {
            return Optional.empty();
        }
    }
}
