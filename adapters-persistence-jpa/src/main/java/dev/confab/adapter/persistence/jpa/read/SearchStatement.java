package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.adapter.persistence.jpa.row.MessageEntity;
import dev.confab.adapter.persistence.jpa.row.TermsColumn;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import dev.confab.domain.terms.Phrases;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A query as the parameters of the statements that find candidates. Absent values are limits that exclude nothing. */
record SearchStatement(List<String> terms, String prefix, UUID lowest, UUID highest, Instant now, Instant time,
        UUID conversation, String message, int limit) {

    /** @param after where the answer continues */
    static SearchStatement of(OwnerId owner, SearchQuery query, Optional<SearchQuery.Key> after, Instant now,
            int limit) {
        Phrases phrases = query.phrases();
        List<String> terms = Stream.concat(phrases.terms().stream(), Stream.of(TermsColumn.mark(owner))).toList();
        Optional<UUID> only = query.conversation().map(ConversationId::value);
        return new SearchStatement(terms, phrases.prefix().orElse(""), only.orElse(KeyLimits.LOWEST),
                only.orElse(KeyLimits.HIGHEST), now, after.map(SearchQuery.Key::createdAt).orElse(KeyLimits.LATEST),
                after.map(key -> key.conversation().value()).orElse(KeyLimits.LOWEST),
                after.flatMap(SearchQuery.Key::message).map(MessageId::toString).orElse(""), limit);
    }

    List<ConversationEntity> titles(ConversationRepository conversations) {
        return conversations.titled(array(), prefix, lowest, highest, now, time, conversation, limit);
    }

    List<MessageEntity> messages(MessageRepository messages) {
        return messages.found(array(), prefix, lowest, highest, now, time, conversation, message, limit,
                Window.MAX_BYTES);
    }

    private String[] array() {
        return terms.toArray(String[]::new);
    }
}
