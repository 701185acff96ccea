package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.ConversationId;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All conversations in memory. One that never began, or whose tombstone is gone, stays only while somebody uses it. */
final class Slots {
    private final ConcurrentHashMap<ConversationId, Slot> slots = new ConcurrentHashMap<>();

    Optional<Slot> find(ConversationId id) {
        return Optional.ofNullable(slots.get(id));
    }

    Collection<Slot> all() {
        return Collections.unmodifiableCollection(slots.values());
    }

    /** The slot, which stays until {@link #leave} was called as often. */
    Slot enter(ConversationId id) {
        return slots.compute(id, (key, present) -> {
            Slot slot = present == null ? new Slot(key, State.ABSENT) : present;
            slot.users++;
            return slot;
        });
    }

    void leave(Slot slot) {
        slots.computeIfPresent(slot.id, (key, present) -> {
            present.users--;
            return isNeeded(present) ? present : null;
        });
    }

    /** At opening: puts a conversation's first state there. */
    Slot put(ConversationId id, State state) {
        Slot slot = new Slot(id, state);
        slots.put(id, slot);
        return slot;
    }

    private static boolean isNeeded(Slot slot) {
        return slot.users > 0 || slot.damage.isPresent() || slot.state.head().isPresent() || slot.state.commit() > 0;
    }
}
