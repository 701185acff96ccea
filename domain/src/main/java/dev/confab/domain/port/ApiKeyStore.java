package dev.confab.domain.port;

import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.TooManyApiKeys;
import dev.confab.domain.conversation.OwnerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores API keys.
 *
 * <ul>
 * <li><b>K1 durable</b>: After {@code create}, {@code revoke} or a removal has returned, its change survives a crash of the process or
 * of the machine.
 * <li><b>K2 real time</b>: Every call that starts after one of these has returned sees its change, in every thread and in every
 * instance over the same storage. A revoked key is never seen usable again.
 * <li><b>K3 round trip</b>: Keys come back exactly as they were stored.
 * <li><b>K4 first revocation</b>: Of all revocations of one key, concurrent ones too, the first one's time remains.
 * <li><b>K5 last use</b>: The time of the last use never goes back. It may be lost in a crash. Recording a use never brings a removed
 * key back, and never undoes a revocation.
 * <li><b>K6 lists</b>: Keys are listed in the order of their ids; over the pages of a list every key that exists all the while appears
 * exactly once.
 * <li><b>K7 limit</b>: At most {@link #MAX_KEYS} keys exist at any time, however many calls create keys at once. Keys that were revoked
 * or have expired count until they are removed.
 * <li><b>K8 removal</b>: A removal removes exactly the keys that it names. A removed key cannot be found, listed or revoked, and
 * does not count for the limit.
 * <li><b>K9 failure</b>: After {@link StorageUnavailable} nothing of the change is recorded, and after {@link CommitOutcomeUnknown} all of it
 * or nothing. Every call may throw the first, and calls that change something may throw the second.
 * </ul>
 */
public interface ApiKeyStore {
    /** As many keys may exist at once, those included that were revoked or have expired. */
    int MAX_KEYS = 10_000;

    /**
     * Stores a new key.
     *
     * @throws IllegalStateException if there is a key with this id, which random ids exclude
     * @throws TooManyApiKeys if {@link #MAX_KEYS} keys exist
     */
    void create(ApiKey key);

    Optional<ApiKey> find(ApiKeyId id);

    /**
     * A page of keys, in the order of their ids.
     *
     * @param owner empty for the keys of all owners
     * @param after empty for the first page
     * @param limit at least 1
     */
    List<ApiKey> list(Optional<OwnerId> owner, Optional<ApiKeyId> after, int limit);

    /** Revokes the key. Returns false when there is no key with this id. */
    boolean revoke(ApiKeyId id, Instant at);

    /** Records a use of the key, unless a later one is recorded or the key does not exist. */
    void recordUse(ApiKeyId id, Instant at);

    /** Removes the keys that expired or were revoked before this time, and returns their number. */
    int removeEndedBefore(Instant time);

    /** Removes all keys of the owner, the revoked ones included, and returns their number. */
    int removeAllOf(OwnerId owner);
}
