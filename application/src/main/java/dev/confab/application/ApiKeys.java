package dev.confab.application;

import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.ApiKeyNotFound;
import dev.confab.domain.access.ApiKeyToken;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Scope;
import dev.confab.domain.access.TooManyApiKeys;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StorageException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Creates, lists and revokes API keys, and finds the key that a client sends. Every call may throw a {@link StorageException}. */
public interface ApiKeys {

    /** A new key with its token, which cannot be shown again. */
    record Issued(ApiKey key, ApiKeyToken token) {
    }

    /**
     * Makes a key.
     *
     * @param expiresAt empty for a key that does not expire
     * @param limits instead of the service's own
     * @throws TooManyApiKeys if no more keys may exist
     */
    Issued issue(OwnerId owner, String name, Set<Scope> scopes, Optional<Instant> expiresAt, Limits limits);

    /** Makes a key without limits of its own. */
    default Issued issue(OwnerId owner, String name, Set<Scope> scopes, Optional<Instant> expiresAt) {
        return issue(owner, name, scopes, expiresAt, Limits.NONE);
    }

    /**
     * The key that this token belongs to; empty when it is malformed, unknown, expired or revoked, or its secret is wrong. The key's
     * last use is recorded at most once a minute.
     */
    Optional<ApiKey> authenticate(String token);

    /** Whether the key exists, has not expired and has not been revoked. */
    boolean isUsable(ApiKeyId id);

    /** A page of keys in the order of their ids; of all owners if {@code owner} is empty. */
    List<ApiKey> list(Optional<OwnerId> owner, Optional<ApiKeyId> after, int limit);

    /**
     * Revokes the key. A key that is revoked already stays as it is.
     *
     * @return the key as it is then
     * @throws ApiKeyNotFound if there is no key with this id
     */
    ApiKey revoke(ApiKeyId id);
}
