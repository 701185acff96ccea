package dev.confab.domain.query;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** One page of 1..100 sessions, the latest first, after the key of the previous page's last session. */
public record SessionQuery(int limit, Optional<Key> after) {
    public static final int MAX_LIMIT = 100;

    public SessionQuery {
        AnswerLimit.require(limit, MAX_LIMIT);
    }

    /** The position of the session in the order of a listing. */
    public static Key keyOf(Session session) {
        return new Key(session.createdAt(), session.id(), session.conversationId());
    }

    /** A position in the order of a listing: the later creation first, then the lower session id, then the lower conversation id. */
    public record Key(Instant createdAt, SessionId id, ConversationId conversation) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::createdAt).reversed()
                .thenComparing(Key::id).thenComparing(Key::conversation);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
