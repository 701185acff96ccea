package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.adapter.persistence.jpa.row.MessageEntity;
import dev.confab.adapter.persistence.jpa.row.TermsColumn;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import dev.confab.domain.terms.Phrases;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A query as the parameters of the statements that find candidates. Absent values are limits that exclude nothing. */
record SearchStatement(List<String> terms, String prefix, SearchFilter filter, Instant now,
        Optional<SearchQuery.Key> after, int limit) {

    /** @param after where the answer continues */
    static SearchStatement of(OwnerId owner, SearchQuery query, Optional<SearchQuery.Key> after, Instant now,
            int limit) {
        Phrases phrases = query.phrases();
        List<String> terms = Stream.concat(phrases.terms().stream(), Stream.of(TermsColumn.mark(owner))).toList();
        return new SearchStatement(terms, phrases.prefix().orElse(""), query.filter(), now, after, limit);
    }

    List<ConversationEntity> titles(ConversationRepository conversations) {
        return filter.admitsTitles()
                ? conversations.titled(array(), prefix, lowest(), highest(), labels(), from(), to(), now, time(),
                        conversation(), limit)
                : List.of();
    }

    List<MessageEntity> messages(MessageRepository messages) {
        return messages.found(array(), prefix, lowest(), highest(), labels(),
                filter.role().map(Role::name).orElse(""), filter.author().map(Author::name).orElse(""), from(), to(),
                now, time(), conversation(),
                after.flatMap(SearchQuery.Key::message).map(MessageId::toString).orElse(""), limit,
                Window.MAX_BYTES);
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

    private Instant from() {
        return filter.from().orElse(KeyLimits.EARLIEST);
    }

    private Instant to() {
        return filter.to().orElse(KeyLimits.LATEST);
    }

    private Instant time() {
        return after.map(SearchQuery.Key::createdAt).orElse(KeyLimits.LATEST);
    }

    private UUID conversation() {
        return after.map(key -> key.conversation().value()).orElse(KeyLimits.LOWEST);
    }

    private String[] array() {
        return terms.toArray(String[]::new);
    }
}
