package dev.confab.adapter.web.request;

import dev.confab.domain.access.Limits;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageException;

/**
 * Who makes a request. Known once the filters of {@code security} have passed it on.
 *
 * @param name of the credential, for logs; never a secret
 * @param owner the owner of everything that the request reads and writes
 * @param credential with which the caller logged in
 * @param limits of the API key with which the caller logged in; those that are absent are the service's
 */
public record Caller(String name, OwnerId owner, Credential credential, Limits limits) {
    /** Names the owner for whom a backend makes a request, instead of its key's own. */
    public static final String OWNER_HEADER = "Confab-Owner";
    /** The error of a call under {@code /api/v1/admin} that has that header. */
    public static final String NOT_FOR_ADMIN = "The call concerns the whole service; it is not made for one owner.";

    /** A caller without limits of its own. */
    public Caller(String name, OwnerId owner, Credential credential) {
        this(name, owner, credential, Limits.NONE);
    }

    /** The credential of a caller. Two credentials are equal if they end together, as those of two requests with the same key do. */
    @FunctionalInterface
    public interface Credential {
        /**
         * Whether the caller could still log in with it. For responses that go on after their request was checked.
         *
         * @throws StorageException if that cannot be found out now
         */
        boolean isValid();
    }
}
