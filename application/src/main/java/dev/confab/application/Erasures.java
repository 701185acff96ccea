package dev.confab.application;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.Erased;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.StorageException;
import java.time.Instant;
import java.util.UUID;

/** Erases everything that an owner has. Every call may throw a {@link StorageException}. */
public interface Erasures {

    /**
     * Begins a request that may create a conversation. The token must be taken before anything of the request is read, its body included:
     * an erasure refuses what began before it, and its {@code OwnerErased} says so.
     */
    FencingToken begin(OwnerId owner);

    /**
     * Erases all conversations of the owner, live, in the bin or damaged, with their sessions, turns and index entries, and the
     * owner's webhooks and API keys. Running turns end without a reply. When it throws, a part may be erased: call it again. An owner who has nothing
     * can be erased too, and an erased owner may come back.
     */
    Report erase(OwnerId owner);

    /**
     * The result of an erasure.
     *
     * @param number identifies this erasure
     * @param at when it was complete
     * @param erased how much this call removed; an earlier call that failed may have removed more
     * @param apiKeys how many were removed
     * @param webhooks how many were removed
     */
    record Report(UUID number, OwnerId owner, Instant at, Erased erased, int apiKeys, int webhooks) {
    }
}
