package dev.confab.adapter.persistence.jpa.queue;

import dev.confab.domain.conversation.ConversationId;
import java.util.concurrent.ConcurrentHashMap;

/** The conversations that are being written now. A lane stays only while somebody uses it. */
final class Lanes {
    private final ConcurrentHashMap<ConversationId, Lane> lanes = new ConcurrentHashMap<>();

    /** The lane, which stays until {@link #leave} was called as often. */
    Lane enter(ConversationId id) {
        return lanes.compute(id, (key, present) -> {
            Lane lane = present == null ? new Lane(key) : present;
            lane.users++;
            return lane;
        });
    }

    void leave(Lane lane) {
        lanes.computeIfPresent(lane.id, (key, present) -> {
            present.users--;
            return present.users > 0 ? present : null;
        });
    }
}
