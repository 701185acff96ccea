package dev.confab.domain.query;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which sessions to list: at most {@code limit} after a key.
 *
 * @param limit 1..100
 * @param after the key of the last one on the page before
 */
public record SessionQuery(int limit, Optional<Key> after) {
    public static final int MAX_LIMIT = 100;

    public SessionQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidValue("limit", "must be from 1 to " + MAX_LIMIT);
        }
    }

    public static Key keyOf(Session session) {
        return new Key(session.createdAt(), session.id(), session.conversationId());
    }

    /** A place in the listing's order: the later beginning first, then the lower ids. */
    public record Key(Instant createdAt, SessionId id, ConversationId conversation) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::createdAt).reversed()
                .thenComparing(Key::id).thenComparing(Key::conversation);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
