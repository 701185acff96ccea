package dev.confab.domain.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. No scope includes another one. */
public enum Scope {
    /** Read the owner's conversations, sessions, turns and event streams. */
    READ,
    /** Change them. */
    WRITE,
    /** Manage keys, and read metrics and the details of health. */
    ADMIN,
    /** Act for an owner whom the request names, instead of the key's own. For a backend that serves many people. */
    ON_BEHALF;

    /** The name in the API, in commands and in tokens: {@code read}, {@code write}, {@code admin}, {@code on-behalf}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The scope with this code, which is case-sensitive. */
    public static Optional<Scope> ofCode(String code) {
        return Arrays.stream(values()).filter(scope -> scope.code().equals(code)).findFirst();
    }
}
