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
 * The value of a cookie that only this service reads: encrypted with a key that every instance has (AES-256-GCM, the key derived from that
 * of the cursors by HKDF, RFC 5869), so no instance keeps a session. A value sealed for one purpose does not open for another one.
 */
public final class CookieSeal {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;

    /** @param purpose of the cookie, which differs from that of any other one */
    public CookieSeal(WebSettings settings, String purpose) {
        try {
            key = KDF.getInstance("HKDF-SHA256").deriveKey("AES",
                    HKDFParameterSpec.ofExtract().addIKM(settings.cursorKey())
                            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HKDF-SHA256.", e);
        }
    }

    public String seal(String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] encrypted = crypt(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
        System.arraycopy(encrypted, 0, sealed, NONCE_BYTES, encrypted.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** The text that {@link #seal} was given; empty for anything else. */
    public Optional<String> open(String cookie) {
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
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
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
