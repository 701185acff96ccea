package dev.confab.domain.query;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.terms.Phrases;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * One page of 1..100 messages and titles that contain all words of the text, in any order, as {@link Phrases} defines it.
 *
 * @param text 1..1000 characters with at least one letter, digit or emoji
 * @param prefix whether the last word, of at least {@link #MIN_PREFIX_LENGTH} letters, also finds words that begin with it
 */
public record SearchQuery(String text, boolean prefix, SearchFilter filter, int limit, Optional<Key> after) {
    public static final int MAX_LIMIT = 100;
    public static final int MAX_TEXT_LENGTH = 1_000;
    /** With one letter begin so many words that a search would read all that the owner has. */
    public static final int MIN_PREFIX_LENGTH = 2;
    /**
     * Of so many texts with the right terms a store looks at most whether they match, before it answers. Then the page is shorter than its
     * limit, or empty, and has a next one.
     */
    public static final int MAX_CANDIDATES = 2_000;

    public SearchQuery {
        AnswerLimit.require(limit, MAX_LIMIT);
        if (text.length() > MAX_TEXT_LENGTH) {
            throw new InvalidValue("query", "has more than " + MAX_TEXT_LENGTH + " characters");
        }
        Phrases phrases = Phrases.of(text, prefix);
        if (phrases.isEmpty()) {
            throw new InvalidValue("query", "contains no word to search for");
        }
        if (phrases.prefix().filter(last -> last.codePointCount(0, last.length()) < MIN_PREFIX_LENGTH).isPresent()) {
            throw new InvalidValue("query", "ends in a prefix of one letter; a prefix needs at least "
                    + MIN_PREFIX_LENGTH + ": add a letter, or search without prefix");
        }
    }

    /** @param conversation the only conversation to search; empty for all */
    public SearchQuery(String text, boolean prefix, Optional<ConversationId> conversation, int limit,
            Optional<Key> after) {
        this(text, prefix, SearchFilter.in(conversation), limit, after);
    }

    /** The only conversation to search; empty for all. */
    public Optional<ConversationId> conversation() {
        return filter.conversation();
    }

    /** The words of the text. The index of every store must find each text that they match. */
    public Phrases phrases() {
        return Phrases.of(text, prefix);
    }

    /** Whether the text is a hit. */
    public boolean matches(String candidate) {
        return phrases().matches(candidate);
    }

    /**
     * A position in the order of hits: newest first, then titles before messages, then by message id, then by conversation. So all copies of a
     * message follow each other.
     */
    public record Key(Instant createdAt, ConversationId conversation,
            Optional<MessageId> message) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::createdAt).reversed()
                .thenComparing(key -> key.message().map(MessageId::toString).orElse(""))
                .thenComparing(Key::conversation);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
