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
        int settled;
        do {
            settled = purged + stuck.size();
            // What cannot be purged stays listed: look past it, or it would hide the rest.
            for (Conversation head : reader.expired(before, PAGE + stuck.size())) {
                if (!stuck.contains(head.id())) {
                    switch (purge(head.id(), before, at)) {
                        case PURGED -> purged++;
                        case STUCK -> stuck.add(head.id());
                        case NOT_DUE -> {
                            // Another instance was faster, and goes on; it is not listed any more.
                        }
                    }
                }
            }
        } while (purged + stuck.size() > settled);
        return purged;
    }

    private enum Outcome {
        PURGED,
        /** Restored, purged, or deleted anew meanwhile. */
        NOT_DUE,
        /** Cannot be purged now. */
        STUCK
    }

    private Outcome purge(ConversationId id, Instant before, Instant at) {
        try {
            return store.transact(id, tx -> {
                var due = tx.find().filter(head -> head.deletedAt().filter(when -> when.isBefore(before)).isPresent());
                due.ifPresent(head -> tx.record(head.purge(at)));
                return due.isPresent() ? Outcome.PURGED : Outcome.NOT_DUE;
            });
        } catch (StorageUnavailable everythingElseWouldFailToo) {
            throw everythingElseWouldFailToo;
        } catch (StorageException thisOneOnly) {
            LOG.warn("conversation {} stays in the bin until the next round", id, thisOneOnly);
            return Outcome.STUCK;
        }
    }
}
