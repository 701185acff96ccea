package dev.confab.domain.access;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.TextRules;
import dev.confab.domain.conversation.Times;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An API key as it is stored.
 *
 * @param owner the owner of everything that is created with this key
 * @param name says what the key is for; 1 to 200 characters
 * @param scopes at least one
 * @param expiresAt the first moment at which the key is no longer accepted; empty for never
 * @param revokedAt when it was revoked; from then on it is not accepted. Empty if it has not been revoked
 * @param lastUsedAt a time shortly before or at its last use; empty before its first
 * @param limits in force for requests that use this key, instead of the service's own
 */
public record ApiKey(ApiKeyId id, OwnerId owner, String name, Set<Scope> scopes, SecretDigest digest, Instant createdAt,
        Optional<Instant> expiresAt, Optional<Instant> revokedAt, Optional<Instant> lastUsedAt, Limits limits) {
    public static final int MAX_NAME_LENGTH = 200;

    public ApiKey {
        TextRules.characters("name", name, 1, MAX_NAME_LENGTH);
        scopes = Set.copyOf(scopes);
        if (scopes.isEmpty()) {
            throw new InvalidValue("scopes", "must name at least one of read, write, admin, on-behalf");
        }
        Times.requireMillis(createdAt);
        expiresAt.ifPresent(Times::requireMillis);
        revokedAt.ifPresent(Times::requireMillis);
        lastUsedAt.ifPresent(Times::requireMillis);
    }

    /** A key without limits of its own. */
    public ApiKey(ApiKeyId id, OwnerId owner, String name, Set<Scope> scopes, SecretDigest digest, Instant createdAt,
            Optional<Instant> expiresAt, Optional<Instant> revokedAt, Optional<Instant> lastUsedAt) {
        this(id, owner, name, scopes, digest, createdAt, expiresAt, revokedAt, lastUsedAt, Limits.NONE);
    }

    /** A new key. */
    public static ApiKey create(ApiKeyId id, OwnerId owner, String name, Set<Scope> scopes, SecretDigest digest,
            Instant now, Optional<Instant> expiresAt) {
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(now)) {
            throw new InvalidValue("expiresAt", "must be in the future");
        }
        return new ApiKey(id, owner, name, scopes, digest, now, expiresAt, Optional.empty(), Optional.empty());
    }

    /** This key with other limits. */
    public ApiKey limitedTo(Limits others) {
        return new ApiKey(id, owner, name, scopes, digest, createdAt, expiresAt, revokedAt, lastUsedAt, others);
    }

    public boolean isUsable(Instant now) {
        return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
    }

    /** Whether it was revoked or expired before this time. */
    public boolean hasEndedBefore(Instant time) {
        return revokedAt.filter(time::isAfter).isPresent() || expiresAt.filter(time::isAfter).isPresent();
    }

    /** This key, revoked. A key that is revoked already keeps its first time. */
    public ApiKey revoked(Instant at) {
        return revokedAt.isPresent()
                ? this
                : new ApiKey(id, owner, name, scopes, digest, createdAt, expiresAt, Optional.of(at), lastUsedAt,
                        limits);
    }

    /** This key, used at that time. A time before the one stored changes nothing. */
    public ApiKey used(Instant at) {
        return lastUsedAt.isPresent() && !at.isAfter(lastUsedAt.get())
                ? this
                : new ApiKey(id, owner, name, scopes, digest, createdAt, expiresAt, revokedAt, Optional.of(at),
                        limits);
    }
}
