package dev.confab.bootstrap.generator;

import dev.confab.domain.port.Secrets;
import java.security.SecureRandom;
import java.util.Base64;

/** Secrets from the cryptographic generator of the JDK, which the operating system seeds. */
public final class SecureSecrets implements Secrets {
    private static final int BYTES = 256 / 8;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
