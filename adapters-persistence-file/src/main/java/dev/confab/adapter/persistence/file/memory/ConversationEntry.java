package dev.confab.adapter.persistence.file.memory;

import dev.confab.domain.conversation.ConversationId;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation in memory: its newest state, and the permit to change it.
 *
 * <p>Why that is right: a transaction holds the write permit from before it reads the state until its commit is forced and published, or
 * has failed. So it sees only durable commits, and no two transactions start from the same state. The permit is a semaphore and not a
 * lock, because a caller that stops waiting for a hanging force leaves its permit to the journal's thread, which then releases it. Only
 * the holder of the permit, or the journal's thread for it, replaces the state; readers take the state with one volatile read.
 */
public final class ConversationEntry {
    private static final Logger LOG = LoggerFactory.getLogger(ConversationEntry.class);

    private final ConversationId id;
    /** Fair, so that transactions of one conversation run in the order of their calls. */
    final Semaphore writePermit = new Semaphore(1, true);
    private volatile ConversationState state;
    private volatile Optional<String> damage = Optional.empty();
    /** How many callers hold the permit or wait for it; {@link ConversationTable} guards it. */
    int users;

    ConversationEntry(ConversationId id, ConversationState state) {
        this.id = id;
        this.state = state;
    }

    public ConversationId id() {
        return id;
    }

    public ConversationState state() {
        return state;
    }

    public void publish(ConversationState next) {
        state = next;
    }

    /** Why the conversation cannot be read. A damaged conversation is neither served nor changed. */
    public Optional<String> damage() {
        return damage;
    }

    public boolean isDamaged() {
        return damage.isPresent();
    }

    /** By the holder of the write permit, once a commit has removed the damaged conversation. */
    public void clearDamage() {
        damage = Optional.empty();
    }

    public void markDamaged(String reason) {
        LOG.error("Conversation {} is damaged and is not served: {}. How to repair it: docs/operations.md, Quarantine",
                id, reason);
        damage = Optional.of(reason);
    }
}
