package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.MessageEntity;
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
}
