package dev.confab.adapter.persistence.jpa.commit;

import dev.confab.domain.conversation.Conversation;
import java.util.Optional;

/**
 * A conversation's row as it was read or written earlier. Every commit checks that {@code life} and {@code revision}
 * are still the same.
 *
 * @param life distinguishes conversations that had the same id one after another; 0 when absent
 * @param revision grows by 1 with every commit; 0 when absent
 */
public record KnownRow(Optional<Conversation> head, long life, long revision) {
    static final KnownRow ABSENT = new KnownRow(Optional.empty(), 0, 0);

    public KnownRow {
        if (head.isPresent() == (revision == 0)) {
            throw new IllegalArgumentException("a head and revision " + revision);
        }
    }

    public int messageCount() {
        return head.map(Conversation::messageCount).orElse(0);
    }
}
