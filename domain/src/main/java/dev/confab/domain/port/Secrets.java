package dev.confab.domain.port;

/** Generates random secrets. */
@FunctionalInterface
public interface Secrets {
    /** 256 random bits of a cryptographic generator, in 43 characters of base64url. */
    String next();
}
