package dev.confab.domain.access;

/** No key can be created until others are removed. Keys that were revoked or have expired count until they are removed. */
public final class TooManyApiKeys extends AccessException {
    private static final long serialVersionUID = 1;

    public TooManyApiKeys(int limit) {
        super("there are " + limit + " API keys, the most that may exist; remove some first");
    }
}
