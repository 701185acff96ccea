package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** One page of 1..100 conversations, sorted by time and then by id, after the key of the previous page's last conversation. */
public record ListQuery(Sort sort, ListFilter filter, int limit, Optional<Key> after) {
    public static final int MAX_LIMIT = 100;

    /** The time to sort by, latest first. {@code DELETED} lists the deleted conversations, the others list the live ones. */
    public enum Sort {
        UPDATED, CREATED, DELETED
    }

    public ListQuery {
        AnswerLimit.require(limit, MAX_LIMIT);
    }

    /** Of all conversations. */
    public ListQuery(Sort sort, int limit, Optional<Key> after) {
        this(sort, ListFilter.ALL, limit, after);
    }

    /** Whether the conversation is on any page of this listing at {@code now}. */
    public boolean admits(Conversation conversation, Instant now) {
        return conversation.isDeleted() == (sort == Sort.DELETED) && !conversation.isExpired(now)
                && filter.admits(conversation);
    }

    /** The position of the conversation in the order of this query. */
    public Key keyOf(Conversation conversation) {
        return keyOf(sort, conversation);
    }

    /** The same in this order. */
    public static Key keyOf(Sort sort, Conversation conversation) {
        Instant time = switch (sort) {
            case UPDATED -> conversation.updatedAt();
            case CREATED -> conversation.createdAt();
            case DELETED -> conversation.deletedAt().orElseThrow();
        };
        return new Key(time, conversation.id());
    }

    /** A position in the order of a listing: the later time first, then the lower id. */
    public record Key(Instant time, ConversationId id) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::time).reversed().thenComparing(Key::id);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
