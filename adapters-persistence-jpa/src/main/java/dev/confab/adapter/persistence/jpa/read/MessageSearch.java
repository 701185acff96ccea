package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.read.CandidateBatch.Candidate;
import dev.confab.adapter.persistence.jpa.row.MessageEntity;
import dev.confab.adapter.persistence.jpa.row.TermsColumn;
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
 * The statements that search messages. The first ones find by an index which messages are candidates. The last one looks up the copies of these in
 * all conversations, and returns the oldest of each.
 *
 * <p>Candidates are found by their words, with the index {@code message_by_words}. Most messages may have a word, or one that begins with a short
 * prefix, and by that index all of these would be read and sorted for each page. So a search looks first through the newest messages of the
 * owner, with {@code message_by_owner}: what is frequent fills the page there.
 */
record MessageSearch(EntityManager entities) {
    /** So many rows of candidates are put together at a time: with up to 20 copies of each message they are a page of 100. */
    private static final int MAX_ROWS = 2_000;
    /** How many of the newest messages are looked through at most, which takes some 5 microseconds each. */
    private static final int NEWEST = 3_000;
    /** For words without a prefix, which the index finds sooner, so many for each hit of a page. */
    private static final int NEWEST_FOR_A_HIT = 20;
    /** And how much they may weigh together: it takes as long as their texts are. */
    private static final int NEWEST_BYTES = 2 * 1024 * 1024;
    /**
     * If at least this share of the newest messages matches the prefix, the index is asked for the other words alone, where there are any,
     * and the prefix is checked on the rows. With such a prefix the index would read the entries of all owners.
     */
    private static final double FREQUENT = 0.1;
    /** As the migration V16 says; the index does not have all terms of a message with more. */
    private static final String HAS_ALL_TERMS_IN_INDEX = "cardinality(m.terms) <= " + TermsColumn.INDEXED_TERMS;
    /**
     * No term contains a line feed, so a line feed before the prefix matches the start of a term; unnesting the terms takes 2 to 3 times as
     * long. The owner's mark begins with an upper case letter, as no prefix does.
     */
    private static final String BEGINS = "strpos(chr(10) || array_to_string(m.terms, chr(10)), chr(10) || :prefix) > 0";
    private static final String AFTER_KEY = "m.created_at <= :time AND (m.created_at < :time OR m.id > :message"
            + " OR :copiesToo AND m.id = :message)";

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

    /** How the prefix of a query is looked for. */
    private enum Prefix {
        ABSENT(false, ""),
        /** By the index, which does not have all terms of a long message. */
        INDEXED(true, " AND (" + HAS_ALL_TERMS_IN_INDEX + " OR " + BEGINS + ")"),
        /** In the terms of the messages that have the other words. */
        COMPARED(false, " AND " + BEGINS);

        private final boolean isIndexed;
        private final String condition;

        Prefix(boolean isIndexed, String condition) {
            this.isIndexed = isIndexed;
            this.condition = condition;
        }
    }

    /**
     * What the newest messages have.
     *
     * @param isComplete whether there are no older ones
     * @param isFrequent whether many of them have the prefix
     */
    private record Newest(List<Copies> found, boolean isComplete, boolean isFrequent) {
    }

    /** The next candidates, beginning with the copies of the message of the key unless all of them are done. */
    Candidates candidates(SearchStatement search) {
        boolean hasPrefix = !search.prefix().isEmpty();
        if (search.filter().conversation().isPresent()) {
            return indexed(search, hasPrefix ? Prefix.COMPARED : Prefix.ABSENT);
        }
        Newest newest = newest(search);
        if (newest.isComplete() || newest.found().size() == search.limit()) {
            return new Candidates(newest.found(), newest.found().size() == search.limit());
        }
        if (!hasPrefix) {
            return indexed(search, Prefix.ABSENT);
        }
        return indexed(search, search.hasTerms() && newest.isFrequent() ? Prefix.COMPARED : Prefix.INDEXED);
    }

    private Candidates indexed(SearchStatement search, Prefix prefix) {
        NativeQuery<Object[]> statement = query(indexedSql(search, prefix.condition), search)
                .addScalar("created_at", Instant.class).addScalar("id", UUID.class)
                .addScalar("row_count", Integer.class).setParameter("words", search.words(prefix.isIndexed));
        if (prefix != Prefix.ABSENT) {
            statement.setParameter("prefix", search.prefix());
        }
        List<Object[]> rows = page(statement, search);
        boolean hasMore = rows.size() == search.limit()
                || rows.stream().limit(1).anyMatch(row -> (Integer) row[2] == MAX_ROWS);
        return new Candidates(copies(rows), hasMore);
    }

    private Newest newest(SearchStatement search) {
        boolean hasPrefix = !search.prefix().isEmpty();
        int most = hasPrefix ? NEWEST : Math.min(NEWEST, NEWEST_FOR_A_HIT * search.limit());
        NativeQuery<Object[]> statement = query(newestSql(search, hasPrefix ? BEGINS : "true"), search)
                .addScalar("created_at", Instant.class).addScalar("id", UUID.class)
                .addScalar("is_complete", Boolean.class).addScalar("share", Double.class)
                .setParameter("most", most).setParameter("mark", TermsColumn.mark(search.owner()));
        if (hasPrefix) {
            statement.setParameter("prefix", search.prefix());
        }
        List<Object[]> rows = page(statement, search);
        Object[] first = rows.getFirst();
        return new Newest(copies(rows.stream().filter(row -> row[0] != null).toList()), (Boolean) first[2],
                (Double) first[3] >= FREQUENT);
    }

    private static List<Object[]> page(NativeQuery<Object[]> statement, SearchStatement search) {
        return statement.setParameter("terms", search.array()).setParameter("time", search.time())
                .setParameter("message", message(search)).setParameter("copiesToo", mayHaveCopiesLeft(search))
                .setParameter("limit", search.limit()).getResultList();
    }

    private static List<Copies> copies(List<Object[]> rows) {
        return rows.stream().map(row -> new Copies((Instant) row[0], (UUID) row[1])).toList();
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

    /** The messages are found before they are joined: otherwise the planner may look into the index once for each conversation. */
    private static String indexedSql(SearchStatement search, String prefix) {
        return """
                WITH found AS MATERIALIZED (
                    SELECT m.conversation_id, m.created_at, m.id
                    FROM message m
                    WHERE message_words(m.terms) @@ CAST(:words AS tsquery)
                        AND (%s OR m.terms @> CAST(:terms AS text[]))%s
                        AND %s%s
                ), candidate AS (
                    SELECT m.created_at, m.id
                    FROM found m JOIN conversation c ON c.id = m.conversation_id
                    WHERE %s
                    ORDER BY m.created_at DESC, m.id LIMIT %d
                )
                SELECT created_at, id, CAST((SELECT count(*) FROM candidate) AS integer) AS row_count
                FROM candidate GROUP BY created_at, id ORDER BY created_at DESC, id LIMIT :limit"""
                .formatted(HAS_ALL_TERMS_IN_INDEX, prefix, AFTER_KEY, search.ofMessage(), search.ofConversation(),
                        MAX_ROWS);
    }

    /** One row at least: without a message if none is found. */
    private static String newestSql(SearchStatement search, String begins) {
        return """
                WITH newest AS MATERIALIZED (
                    SELECT m.conversation_id, m.id, m.created_at, m.role, m.author, m.terms, m.weight
                    FROM message m WHERE m.terms[cardinality(m.terms)] = :mark AND %s%s
                    ORDER BY m.created_at DESC, m.id LIMIT :most
                ), looked_through AS MATERIALIZED (
                    SELECT m.*, %s AS begins
                    FROM (SELECT *, sum(weight) OVER (ORDER BY created_at DESC, id ROWS UNBOUNDED PRECEDING) - weight
                        AS before FROM newest) AS m
                    WHERE before <= %d
                ), page AS (
                    SELECT m.created_at, m.id
                    FROM looked_through m JOIN conversation c ON c.id = m.conversation_id
                    WHERE m.begins AND m.terms @> CAST(:terms AS text[])
                        AND %s
                    GROUP BY m.created_at, m.id ORDER BY m.created_at DESC, m.id LIMIT :limit
                )
                SELECT page.created_at, page.id, total < :most AND counted = total AS is_complete, share
                FROM (SELECT count(*) AS counted, coalesce(avg(CAST(begins AS integer)), 0) AS share,
                        (SELECT count(*) FROM newest) AS total FROM looked_through) AS counts
                    LEFT JOIN page ON true
                ORDER BY page.created_at DESC, page.id"""
                .formatted(AFTER_KEY, search.period(), begins, NEWEST_BYTES, search.conditions());
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
