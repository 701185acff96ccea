package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.adapter.persistence.jpa.row.MessageEntity;
import dev.confab.adapter.persistence.jpa.row.TermsColumn;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds messages and titles by their terms, within a read: two queries over two indexes, whose hits are merged. */
record JpaSearchReads(ConversationRepository conversations, MessageRepository messages, SkippedDamage skipping) {

    /** A hit whose row is not mapped yet: the row may be damaged, but its key is not. */
    private record Found(SearchQuery.Key key, int weight, Supplier<SearchHit> hit) {
    }

    Page<SearchHit, SearchQuery.Key> find(OwnerId owner, SearchQuery query, Instant now) {
        var statement = Parameters.of(owner, query);
        List<Found> found = Stream.concat(titles(statement, query, now), messages(statement, query, now))
                .sorted(Comparator.comparing(Found::key)).toList();
        return skipping.map(Page.of(found, query.limit(), Found::weight, Found::key), row -> row.hit().get());
    }

    private Stream<Found> titles(Parameters p, SearchQuery query, Instant now) {
        return conversations
                .titled(p.array(), p.prefix, p.lowest, p.highest, now, p.time, p.conversation, p.limit).stream()
                .map(row -> new Found(row.titleKey(), 0, () -> SearchHit.onTitle(row.toHead(), query)));
    }

    private Stream<Found> messages(Parameters p, SearchQuery query, Instant now) {
        List<MessageEntity> rows = messages.found(p.array(), p.prefix, p.lowest, p.highest, now, p.time, p.conversation,
                p.message, p.limit, Window.MAX_BYTES);
        Map<UUID, ConversationEntity> heads = conversations
                .findAllById(rows.stream().map(MessageEntity::conversationId).distinct().toList()).stream()
                .collect(Collectors.toMap(ConversationEntity::id, Function.identity()));
        return rows.stream().map(row -> new Found(row.searchKey(), row.weight(), () -> SearchHit
                .on(Objects.requireNonNull(heads.get(row.conversationId())).toHead(), row.toMessage(),
                        query)));
    }

    /** The query as the parameters of both statements. Absent values are limits that exclude nothing. */
    private record Parameters(List<String> terms, String prefix, UUID lowest, UUID highest, Instant time,
            UUID conversation, String message, int limit) {

        static Parameters of(OwnerId owner, SearchQuery query) {
            var terms = new ArrayList<>(query.terms());
            String prefix = query.prefix() ? terms.removeLast() : "";
            terms.addFirst(TermsColumn.mark(owner));
            Optional<UUID> only = query.conversation().map(ConversationId::value);
            Optional<SearchQuery.Key> after = query.after();
            return new Parameters(terms, prefix, only.orElse(KeyLimits.LOWEST),
                    only.orElse(KeyLimits.HIGHEST), after.map(SearchQuery.Key::createdAt).orElse(KeyLimits.LATEST),
                    after.map(key -> key.conversation().value()).orElse(KeyLimits.LOWEST),
                    after.flatMap(SearchQuery.Key::message).map(MessageId::toString).orElse(""), query.limit() + 1);
        }

        String[] array() {
            return terms.toArray(String[]::new);
        }
    }
}
