package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.MessageEntity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Queries for messages. They sum up weights before they fetch the texts, only those of the answer. */
interface MessageRepository extends Repository<MessageEntity, MessageEntity.Key> {
    /** The mapped columns, without the terms. */
    String COLUMNS = "m.conversation_id, m.position, m.id, m.role, m.text, m.data, m.metadata, m.created_at,"
            + " m.edited_at, m.author, m.removed_at, m.version, m.digest, m.incomplete, m.weight";

    @Query("SELECT m FROM MessageEntity m WHERE m.conversationId = :conversation AND m.id = :id")
    Optional<MessageEntity> named(UUID conversation, UUID id);

    /**
     * Messages at positions {@code first..last}: as many as weigh at most {@code bytes} together, and at least one.
     *
     * @param direction 1 for upwards from {@code first}, -1 for downwards from {@code last}
     */
    @NativeQuery("""
            WITH weighed AS (
                SELECT conversation_id, position, weight, sum(weight) OVER (ORDER BY position * :direction) AS total
                FROM message WHERE conversation_id = :conversation AND position BETWEEN :first AND :last
            )
            SELECT\s""" + COLUMNS + """
             FROM weighed JOIN message m USING (conversation_id, position)
            WHERE total <= :bytes OR total = weighed.weight
            ORDER BY position * :direction""")
    List<MessageEntity> within(UUID conversation, int first, int last, int direction, long bytes);

    /** The weights of messages that changed after a version. The order makes the query use the index. */
    @NativeQuery("""
            SELECT weight FROM message WHERE conversation_id = :conversation AND version > :version
            ORDER BY version LIMIT :limit""")
    List<Integer> weightsChangedSince(UUID conversation, long version, int limit);

    @Query("""
            SELECT m FROM MessageEntity m WHERE m.conversationId = :conversation AND m.version > :version
            ORDER BY m.position""")
    List<MessageEntity> changedSince(UUID conversation, long version);

    /**
     * Candidates in live conversations, in the order of {@link dev.confab.domain.query.SearchQuery.Key}, after a key: at
     * most {@code limit}, up to the first one with which they weigh more than {@code bytes}. No term contains a line
     * feed, so a line feed before the prefix matches the start of a term; unnesting the terms takes 2 to 3 times as
     * long. The owner's mark begins with an upper case letter, as no prefix does.
     *
     * @param role a role, or "" for all
     * @param author an author, or "" for all
     * @param message the canonical text of an id, or "" for a key before all messages
     */
    @NativeQuery("""
            WITH hit AS (
                SELECT m.conversation_id, m.position, m.id, m.weight, m.created_at
                FROM message m JOIN conversation c ON c.id = m.conversation_id
                WHERE m.terms @> CAST(:terms AS text[]) AND c.deleted_at IS NULL
                    AND (c.expires_at IS NULL OR c.expires_at > :now)
                    AND (:prefix = ''
                        OR strpos(chr(10) || array_to_string(m.terms, chr(10)), chr(10) || :prefix) > 0)
                    AND m.conversation_id BETWEEN :lowest AND :highest
                    AND c.labels @> CAST(:labels AS text[])
                    AND (:role = '' OR m.role = :role) AND (:author = '' OR m.author = :author)
                    AND m.created_at >= :from AND m.created_at < :to
                    AND m.created_at <= :time AND (m.created_at < :time OR m.conversation_id > :conversation
                        OR m.conversation_id = :conversation AND CAST(m.id AS text) COLLATE "C" > :message)
                ORDER BY m.created_at DESC, m.conversation_id, m.id LIMIT :limit
            ), weighed AS (
                SELECT hit.*, sum(weight) OVER (ORDER BY created_at DESC, conversation_id, id) - weight AS before
                FROM hit
            )
            SELECT\s""" + COLUMNS + """
             FROM weighed JOIN message m USING (conversation_id, position)
            WHERE weighed.before <= :bytes
            ORDER BY m.created_at DESC, m.conversation_id, m.id""")
    List<MessageEntity> found(String[] terms, String prefix, UUID lowest, UUID highest, String[] labels, String role,
            String author, Instant from, Instant to, Instant now, Instant time, UUID conversation, String message,
            int limit, long bytes);
}
