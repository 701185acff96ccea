package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which conversations to list: at most {@code limit} after a key, by time and then by id.
 *
 * @param limit 1..100
 * @param after the key of the last one on the page before
 */
public record ListQuery(Sort sort, int limit, Optional<Key> after) {
    public static final int MAX_LIMIT = 100;

    /** By which time; the latest comes first. {@code DELETED} lists the bin, the others what is live. */
    public enum Sort {
        UPDATED, CREATED, DELETED
    }

    public ListQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidValue("limit", "must be from 1 to " + MAX_LIMIT);
        }
    }

    /** Whether the conversation belongs to this listing at {@code now}, on whichever page. */
    public boolean admits(Conversation conversation, Instant now) {
        return conversation.isDeleted() == (sort == Sort.DELETED) && !conversation.isExpired(now);
    }

    /** Where the conversation stands in this query's order. */
    public Key keyOf(Conversation conversation) {
        Instant time = switch (sort) {
            case UPDATED -> conversation.updatedAt();
            case CREATED -> conversation.createdAt();
            case DELETED -> conversation.deletedAt().orElseThrow();
        };
        return new Key(time, conversation.id());
    }

    /** A place in the listing's order: the later time first, then the lower id. */
    public record Key(Instant time, ConversationId id) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::time).reversed().thenComparing(Key::id);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
