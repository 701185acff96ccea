package dev.confab.domain.port;

/** Generates secrets that nobody can guess. */
@FunctionalInterface
public interface Secrets {
    /** 256 random bits of a cryptographic generator, in 43 characters of base64url. */
    String next();
}
