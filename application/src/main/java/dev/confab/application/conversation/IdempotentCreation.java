package dev.confab.application.conversation;

import dev.confab.application.CreateResult;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.Optional;

/** The rule that create, fork and import share: the same request again gives what it made first, as it is now (S10). */
final class IdempotentCreation {
    private IdempotentCreation() {
    }

    /**
     * What the same request made before, in the bin too; empty when the id is free. An expired conversation in the way goes first:
     * nobody can see it, and its id must not be taken for as long as no sweep came by.
     *
     * @throws ConversationIdReused when the id is another owner's or another request's
     */
    static Optional<CreateResult<Conversation>> earlier(ConversationTransaction tx, ConversationId id, OwnerId owner,
            Digest digest, Instant at) {
        ConversationChanges.dropExpired(tx, at);
        Optional<Conversation> existing = tx.find();
        existing.filter(there -> !there.owner().equals(owner) || !there.digest().equals(digest)).ifPresent(other -> {
            throw new ConversationIdReused(id);
        });
        return existing.map(same -> new CreateResult<>(same, false));
    }
}
