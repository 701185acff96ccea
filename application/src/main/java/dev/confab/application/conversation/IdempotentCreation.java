package dev.confab.application.conversation;

import dev.confab.application.CreateResult;
import dev.confab.application.RequestedId;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.ConversationInBin;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.LockTimeout;
import java.time.Instant;
import java.util.Optional;

/** The rule of create, fork and import: the same request again returns what the first one made, as it is now (S10). */
public final class IdempotentCreation {
    private IdempotentCreation() {
    }

    /**
     * Runs the creation, which records the first events, unless the same request was executed before.
     *
     * @param token which the request took before it read anything
     */
    static CreateResult<Conversation> create(ConversationTransaction tx, ConversationId id, FencingToken token,
            Digest digest, Instant at, Runnable creation) {
        return earlier(tx, id, token.owner(), digest, at).orElseGet(() -> {
            tx.expectNotErased(token);
            creation.run();
            return new CreateResult<>(tx.conversation(), true);
        });
    }

    /**
     * The conversation that the same request made before; empty when the id is free. Throws {@link ConversationInBin} for any of the
     * owner's that is in the bin, and {@link ConversationIdReused} for another owner's or another request's. An expired conversation with
     * this id is purged first: no reader sees it, so it must not block its id. Throws {@link LockTimeout} while another request of the
     * owner's stages a conversation with this id.
     */
    static Optional<CreateResult<Conversation>> earlier(ConversationTransaction tx, ConversationId id, OwnerId owner,
            Digest digest, Instant at) {
        ConversationChanges.purgeExpired(tx, at);
        Optional<Conversation> existing = tx.find();
        existing.filter(found -> found.owner().equals(owner) && found.isDeleted()).ifPresent(_ -> {
            throw new ConversationInBin(id);
        });
        existing.filter(found -> found.owner().equals(owner) && found.isStaged()).ifPresent(_ -> {
            throw new LockTimeout("conversation " + id + " is being created by another request");
        });
        existing.filter(found -> !found.owner().equals(owner) || !found.digest().equals(digest)).ifPresent(_ -> {
            throw new ConversationIdReused(id);
        });
        return existing.map(same -> new CreateResult<>(same, false));
    }

    /** The caller's result: an id that the server chose is new, so a conversation that a second attempt found was created by the first. */
    public static <T> CreateResult<T> resultFor(RequestedId requested, CreateResult<T> made) {
        return requested instanceof RequestedId.Unnamed ? new CreateResult<>(made.value(), true) : made;
    }
}
