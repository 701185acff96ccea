package dev.confab.domain.access;

import dev.confab.domain.ConfabException;

/** A request about API keys was rejected. */
public abstract sealed class AccessException extends ConfabException permits ApiKeyNotFound, TooManyApiKeys {
    private static final long serialVersionUID = 1;

    AccessException(String message) {
        super(message);
    }
}
