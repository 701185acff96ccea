package dev.confab.domain.query;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Terms;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * One page of 1..100 messages and titles that contain all terms of the text, in any order and case.
 *
 * @param text 1..1000 characters with at least one {@link Terms term}
 * @param prefix whether the last term also finds words that begin with it
 * @param conversation the only conversation to search; empty for all
 */
public record SearchQuery(String text, boolean prefix, Optional<ConversationId> conversation, int limit,
        Optional<Key> after) {
    public static final int MAX_LIMIT = 100;
    public static final int MAX_TEXT_LENGTH = 1_000;

    public SearchQuery {
        AnswerLimit.require(limit, MAX_LIMIT);
        if (text.length() > MAX_TEXT_LENGTH) {
            throw new InvalidValue("query", "has more than " + MAX_TEXT_LENGTH + " characters");
        }
        if (Terms.of(text).isEmpty()) {
            throw new InvalidValue("query", "contains no word to search for");
        }
    }

    /** The distinct terms. The term of the last word comes last; with {@code prefix} it is a prefix. */
    public List<String> terms() {
        List<String> all = Terms.words(text).stream().map(Terms.Word::term).toList();
        String last = all.getLast();
        var terms = new LinkedHashSet<>(all);
        terms.remove(last);
        terms.add(last);
        return List.copyOf(terms);
    }

    /** Whether the text is a hit. The index of every store must agree with this. */
    public boolean matches(String candidate) {
        var found = Terms.of(candidate);
        List<String> wanted = terms();
        String last = wanted.getLast();
        return found.containsAll(wanted.subList(0, wanted.size() - 1))
                && (found.contains(last) || prefix && found.stream().anyMatch(term -> term.startsWith(last)));
    }

    /** A position in the order of hits: newest first, then by conversation, then the title before the messages, then by message id. */
    public record Key(Instant createdAt, ConversationId conversation,
            Optional<MessageId> message) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::createdAt).reversed()
                .thenComparing(Key::conversation)
                .thenComparing(key -> key.message().map(MessageId::toString).orElse(""));

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
