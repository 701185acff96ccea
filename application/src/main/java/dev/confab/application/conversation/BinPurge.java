package dev.confab.application.conversation;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import java.time.Duration;
import java.time.Instant;

/** Empties the bin of what has been there for too long, each conversation in a transaction of its own. */
record BinPurge(ConversationStore store, ConversationReader reader, MillisClock now) {

    int purgeBin(Duration retention) {
        Instant at = now.millis();
        Instant before = at.minus(retention);
        return Sweep.all(limit -> reader.deletedBefore(before, limit).stream().map(Conversation::id).toList(),
                id -> purge(id, before, at));
    }

    /** Not what was restored, purged, or deleted anew meanwhile. */
    private boolean purge(ConversationId id, Instant before, Instant at) {
        return store.transact(id, tx -> {
            var due = tx.find().filter(head -> head.deletedAt().filter(when -> when.isBefore(before)).isPresent());
            due.ifPresent(head -> tx.record(head.purge(at)));
            return due.isPresent();
        });
    }
}
