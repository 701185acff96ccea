package dev.confab.adapter.persistence.jpa.read;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads everything that is stored. */
public record JpaStoredReads(JpaConversationReads reads, JpaSessionReads sessions) implements StoredConversations {

    @Override
    public List<ConversationId> ids(Optional<OwnerId> owner, Optional<ConversationId> after, int limit) {
        UUID from = after.map(ConversationId::value).orElse(KeyLimits.LOWEST);
        // One more, because the first may be the last of the previous page.
        return reads.ids(owner, from, limit + 1).stream().filter(id -> after.isEmpty() || !after.get().equals(id))
                .limit(limit).toList();
    }

    @Override
    public Optional<StoredWindow> read(ConversationId id, Window window) {
        return reads.stored(id, window, sessions::all);
    }
}
