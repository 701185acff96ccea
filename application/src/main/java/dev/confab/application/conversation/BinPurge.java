package dev.confab.application.conversation;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import java.time.Duration;
import java.time.Instant;

/** Purges conversations that have been in the bin for too long, each in its own transaction. */
record BinPurge(ConversationStore store, ConversationReader reader, MillisClock clock) {

    int purgeBin(Duration retention) {
        Instant at = clock.millis();
        Instant before = at.minus(retention);
        return Sweep.all(limit -> reader.deletedBefore(before, limit).stream().map(Conversation::id).toList(),
                id -> purge(id, before, at));
    }

    /** Checks again: the conversation may have been restored, purged, or deleted anew since it was listed. */
    private boolean purge(ConversationId id, Instant before, Instant at) {
        return store.transact(id, tx -> {
            var due = tx.find().filter(head -> head.deletedAt().filter(when -> when.isBefore(before)).isPresent());
            due.ifPresent(head -> tx.record(head.purge(at)));
            return due.isPresent();
        });
    }
}
