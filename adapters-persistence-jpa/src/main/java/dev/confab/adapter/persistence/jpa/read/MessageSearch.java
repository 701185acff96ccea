package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.read.CandidateBatch.Candidate;
import dev.confab.adapter.persistence.jpa.row.MessageEntity;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * The statements that search messages. The first one finds by the index of terms which messages are candidates. The second one looks up
 * the copies of these in all conversations, and returns the oldest of each.
 */
record MessageSearch(EntityManager entities) {
    /** So many rows of candidates are put together at a time: with up to 20 copies of each message they are a page of 100. */
    private static final int MAX_ROWS = 2_000;

    /** Messages with the same id and time, in whatever conversations. */
    record Copies(Instant createdAt, UUID id) {
        /** A key that none of them comes after. */
        SearchQuery.Key end() {
            return new SearchQuery.Key(createdAt, new ConversationId(KeyLimits.HIGHEST),
                    Optional.of(new MessageId(id)));
        }
    }

    /** @param hasMore whether others may follow */
    record Candidates(List<Copies> all, boolean hasMore) {
    }

    /** The next candidates, beginning with the copies of the message of the key unless all of them are done. */
    Candidates candidates(SearchStatement search) {
        NativeQuery<Object[]> statement = query(candidatesSql(search.conditions()), search)
                .addScalar("created_at", Instant.class).addScalar("id", UUID.class)
                .addScalar("row_count", Integer.class);
        List<Object[]> rows = statement.setParameter("terms", search.array()).setParameter("prefix", search.prefix())
                .setParameter("time", search.time()).setParameter("message", message(search))
                .setParameter("copiesToo", mayHaveCopiesLeft(search)).setParameter("limit", search.limit())
                .getResultList();
        boolean hasMore = rows.size() == search.limit()
                || rows.stream().limit(1).anyMatch(row -> (Integer) row[2] == MAX_ROWS);
        return new Candidates(rows.stream().map(row -> new Copies((Instant) row[0], (UUID) row[1])).toList(), hasMore);
    }

    /** The key of a title comes before the messages of its time. */
    private static UUID message(SearchStatement search) {
        return search.after().flatMap(SearchQuery.Key::message).map(MessageId::value).orElse(KeyLimits.LOWEST);
    }

    private static boolean mayHaveCopiesLeft(SearchStatement search) {
        return search.after().filter(key -> key.conversation().value().equals(KeyLimits.HIGHEST)).isEmpty();
    }

    /** Of each different message among the candidates the oldest copy, in order; not all if they are large. */
    List<Candidate.OfMessage> oldest(SearchStatement search, List<Copies> candidates) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        NativeQuery<Object[]> statement = query(oldestSql(search.conditions()), search)
                .addEntity("m", MessageEntity.class).addScalar("others", Integer.class);
        List<Object[]> rows = statement.setParameter("ids", candidates.stream().map(Copies::id).toArray(UUID[]::new))
                .setParameter("times",
                        candidates.stream().map(copies -> copies.createdAt().toString()).toArray(String[]::new))
                .setParameter("owner", search.owner().value()).setParameter("bytes", Window.MAX_BYTES)
                .getResultList();
        return rows.stream().map(row -> new Candidate.OfMessage((MessageEntity) row[0], (Integer) row[1])).toList();
    }

    /**
     * No term contains a line feed, so a line feed before the prefix matches the start of a term; unnesting the terms takes 2 to 3 times as
     * long. The owner's mark begins with an upper case letter, as no prefix does.
     */
    private static String candidatesSql(String conditions) {
        return """
                WITH candidate AS (
                    SELECT m.created_at, m.id
                    FROM message m JOIN conversation c ON c.id = m.conversation_id
                    WHERE m.terms @> CAST(:terms AS text[])
                        AND (:prefix = ''
                            OR strpos(chr(10) || array_to_string(m.terms, chr(10)), chr(10) || :prefix) > 0)
                        AND m.created_at <= :time
                        AND (m.created_at < :time OR m.id > :message OR :copiesToo AND m.id = :message)
                        AND %s
                    ORDER BY m.created_at DESC, m.id LIMIT %d
                )
                SELECT created_at, id, CAST((SELECT count(*) FROM candidate) AS integer) AS row_count
                FROM candidate GROUP BY created_at, id ORDER BY created_at DESC, id LIMIT :limit"""
                .formatted(conditions, MAX_ROWS);
    }

    /** They sum up weights before they fetch the texts: of as many as weigh at most {@code bytes} together, and one more. */
    private static String oldestSql(String conditions) {
        return """
                WITH copy AS (
                    SELECT m.conversation_id, m.position, m.id, m.created_at, m.weight, row_number() OVER copies AS age,
                        count(*) OVER (copies ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) - 1 AS others
                    FROM unnest(CAST(:ids AS uuid[]), CAST(:times AS timestamptz[])) AS candidate (id, created_at)
                        JOIN message m ON m.id = candidate.id
                            AND m.created_at = candidate.created_at
                        JOIN conversation c ON c.id = m.conversation_id
                    WHERE c.owner_id = :owner AND %s
                    WINDOW copies AS (
                        PARTITION BY m.id, m.created_at, m.role, m.author, sha256(convert_to(m.text, 'UTF8'))
                        ORDER BY c.created_at, c.id)
                ), weighed AS (
                    SELECT copy.*, sum(weight) OVER (ORDER BY created_at DESC, id, conversation_id) - weight AS before
                    FROM copy WHERE age = 1
                )
                SELECT %s, CAST(weighed.others AS integer) AS others
                FROM weighed JOIN message m USING (conversation_id, position)
                WHERE weighed.before <= :bytes
                ORDER BY m.created_at DESC, m.id, m.conversation_id""".formatted(conditions, MessageRepository.COLUMNS);
    }

    private NativeQuery<Object[]> query(String sql, SearchStatement search) {
        NativeQuery<Object[]> query = entities.unwrap(Session.class).createNativeQuery(sql, Object[].class);
        search.parameters().forEach(query::setParameter);
        return query;
    }
}
