package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.adapter.persistence.jpa.row.TermsColumn;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.terms.Phrases;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A query as the parameters of the statements that find candidates.
 *
 * @param terms those that a text must have, and the owner's mark as the last one
 * @param prefix with what another term must begin; may be empty
 * @param after the last key before the answer; copies of its message may follow
 */
record SearchStatement(OwnerId owner, List<String> terms, String prefix, SearchFilter filter, Instant now,
        Optional<SearchQuery.Key> after, int limit) {

    /** @param after where the answer continues */
    static SearchStatement of(OwnerId owner, SearchQuery query, Optional<SearchQuery.Key> after, Instant now,
            int limit) {
        Phrases phrases = query.phrases();
        List<String> terms = Stream.concat(phrases.terms().stream(), Stream.of(TermsColumn.mark(owner))).toList();
        return new SearchStatement(owner, terms, phrases.prefix().orElse(""), query.filter(), now, after, limit);
    }

    /** Titles come before the messages of the same time. */
    List<ConversationEntity> titles(ConversationRepository conversations) {
        UUID last = after.map(key -> key.message().isPresent() ? KeyLimits.HIGHEST : key.conversation().value())
                .orElse(KeyLimits.LOWEST);
        return filter.admitsTitles()
                ? conversations.titled(array(), prefix, lowest(), highest(), labels(),
                        filter.from().orElse(KeyLimits.EARLIEST), filter.to().orElse(KeyLimits.LATEST), now, time(),
                        last, limit)
                : List.of();
    }

    /**
     * A {@code tsquery} for what has all the terms, and a term with the prefix.
     *
     * @param withPrefix whether the index looks for the prefix too
     */
    String words(boolean withPrefix) {
        return TermsColumn.query(owner, terms.subList(0, terms.size() - 1),
                Optional.of(prefix).filter(start -> withPrefix && !start.isEmpty()));
    }

    /** Whether terms are looked for besides the prefix. */
    boolean hasTerms() {
        return terms.size() > 1;
    }

    /** The conditions for a message {@code m} of the conversation {@code c}: only those that the filter needs, so that each can use its index. */
    String conditions() {
        return ofConversation() + ofMessage();
    }

    /** Those of {@link #conditions} that are about the conversation {@code c}. */
    String ofConversation() {
        // The index has no rows without labels.
        return "c.deleted_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > :now)" + (filter.labels().isEmpty()
                ? ""
                : " AND c.labels <> '{}' AND c.labels @> CAST(:labels AS text[])");
    }

    /** Those of {@link #conditions} that are about the message {@code m}; each begins with AND. */
    String ofMessage() {
        return (filter.conversation().isPresent() ? " AND m.conversation_id = :only" : "")
                + (filter.role().isPresent() ? " AND m.role = :role" : "")
                + (filter.author().isPresent() ? " AND m.author = :author" : "") + period();
    }

    /** Those of {@link #conditions} that are about the time of the message {@code m}. */
    String period() {
        return (filter.from().isPresent() ? " AND m.created_at >= :from" : "")
                + (filter.to().isPresent() ? " AND m.created_at < :to" : "");
    }

    /** The parameters of {@link #conditions}. */
    Map<String, Object> parameters() {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("now", now);
        filter.conversation().ifPresent(id -> parameters.put("only", id.value()));
        if (!filter.labels().isEmpty()) {
            parameters.put("labels", labels());
        }
        filter.role().ifPresent(role -> parameters.put("role", role.name()));
        filter.author().map(Author::name).ifPresent(name -> parameters.put("author", name));
        filter.from().ifPresent(from -> parameters.put("from", from));
        filter.to().ifPresent(to -> parameters.put("to", to));
        return parameters;
    }

    String[] array() {
        return terms.toArray(String[]::new);
    }

    Instant time() {
        return after.map(SearchQuery.Key::createdAt).orElse(KeyLimits.LATEST);
    }

    private UUID lowest() {
        return filter.conversation().map(ConversationId::value).orElse(KeyLimits.LOWEST);
    }

    private UUID highest() {
        return filter.conversation().map(ConversationId::value).orElse(KeyLimits.HIGHEST);
    }

    private String[] labels() {
        return filter.labels().toArray(String[]::new);
    }
}
