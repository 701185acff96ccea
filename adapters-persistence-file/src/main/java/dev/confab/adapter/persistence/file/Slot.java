package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.ConversationId;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conversation's place in memory.
 *
 * <p>Why the parts are right: {@link #turn} is held from before a work reads {@link #state} until its commit is forced and
 * published, or known to have failed, so a work sees only what is forced and no two works see the same state. It is a semaphore
 * and not a lock because a caller that gives up on a hanging force leaves its turn to the journal's thread, which ends it.
 * {@code state} is replaced only by whoever holds the turn, or on its behalf; readers take it in one volatile read.
 */
final class Slot {
    private static final Logger LOG = LoggerFactory.getLogger(Slot.class);

    final ConversationId id;
    /** Fair: works on one conversation run in the order they came. */
    final Semaphore turn = new Semaphore(1, true);
    volatile State state;
    /** Why it cannot be read; then it is never served and never written. */
    volatile Optional<String> damage = Optional.empty();
    /** Calls that are in {@code transact} for this conversation; guarded by {@link Slots}. */
    int users;

    Slot(ConversationId id, State state) {
        this.id = id;
        this.state = state;
    }

    /** Marks the conversation as damaged, and says so in the log. */
    void damage(String reason) {
        LOG.error("Conversation {} is damaged: {}", id, reason);
        damage = Optional.of(reason);
    }
}
