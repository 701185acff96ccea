package dev.confab.application.archive;

import dev.confab.application.archive.Comparison.Contents;
import dev.confab.application.archive.Comparison.Entry;
import dev.confab.domain.archive.ContentDigest;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.StoredConversations;
import java.util.List;
import java.util.Optional;

/** The conversations of a store, for a comparison. */
final class StoreContents implements Contents {
    private static final int ATTEMPTS = 20;

    private final StoredConversations stored;
    private final StoredIds ids;

    StoreContents(StoredConversations stored, Optional<OwnerId> owner) {
        this.stored = stored;
        this.ids = new StoredIds(stored, owner, Optional.empty());
    }

    @Override
    public Optional<Entry> next() {
        Optional<ConversationId> id = ids.next();
        while (id.isPresent()) {
            Optional<Entry> found = entry(stored, id.get());
            if (found.isPresent()) {
                return found;
            }
            // It was purged since its id was read.
            id = ids.next();
        }
        return Optional.empty();
    }

    /**
     * A stored conversation; empty when there is none. A conversation that changes during the reading is read again a few times, and then
     * counts as one that cannot be read.
     */
    static Optional<Entry> entry(StoredConversations stored, ConversationId id) {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<StoredSnapshot> snapshot = StoredSnapshot.of(stored, id);
                if (snapshot.isEmpty()) {
                    return Optional.empty();
                }
                Optional<Digest> digest = digest(snapshot.get());
                if (digest.isPresent()) {
                    return Optional.of(new Entry(id, digest));
                }
            }
        } catch (ConversationDamaged unreadable) {
            // as one that does not hold still
        }
        return Optional.of(new Entry(id, Optional.empty()));
    }

    /** Empty when the conversation was changed while it was read. */
    private static Optional<Digest> digest(StoredSnapshot snapshot) {
        var digest = new ContentDigest(snapshot.head(), snapshot.activity());
        while (!snapshot.isComplete()) {
            Optional<List<Message>> messages = snapshot.next();
            if (messages.isEmpty()) {
                return Optional.empty();
            }
            messages.get().forEach(digest::add);
        }
        return Optional.of(digest.build());
    }
}
