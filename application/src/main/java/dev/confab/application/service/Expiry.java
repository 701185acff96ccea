package dev.confab.application.service;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the bin of what has been there for too long, each conversation in a transaction of its own. */
record Expiry(ConversationStore store, ConversationReader reader, Now now) {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
    private static final int PAGE = 100;

    int purgeExpired(Duration retention) {
        Instant at = now.millis();
        Instant before = at.minus(retention);
        Set<ConversationId> stuck = new HashSet<>();
        int purged = 0;
        while (true) {
            // What cannot be purged stays listed: look past it, or it would hide the rest.
            List<Conversation> due = reader.expired(before, PAGE + stuck.size()).stream()
                    .filter(head -> !stuck.contains(head.id())).toList();
            if (due.isEmpty()) {
                return purged;
            }
            for (Conversation head : due) {
                if (purge(head.id(), before, at)) {
                    purged++;
                } else {
                    stuck.add(head.id());
                }
            }
        }
    }

    /** False when it was restored, or purged, or deleted anew meanwhile, or cannot be purged now. */
    private boolean purge(ConversationId id, Instant before, Instant at) {
        try {
            return store.transact(id, tx -> {
                var due = tx.find().filter(head -> head.deletedAt().filter(when -> when.isBefore(before)).isPresent());
                due.ifPresent(head -> tx.record(head.purge(at)));
                return due.isPresent();
            });
        } catch (StorageUnavailable everythingElseWouldFailToo) {
            throw everythingElseWouldFailToo;
        } catch (StorageException thisOneOnly) {
            LOG.warn("conversation {} stays in the bin until the next round", id, thisOneOnly);
            return false;
        }
    }
}
