package dev.confab.domain.access;

/** There is no API key with this id. */
public final class ApiKeyNotFound extends AccessException {
    private static final long serialVersionUID = 1;

    public ApiKeyNotFound(ApiKeyId id) {
        super("there is no API key " + id);
    }
}
