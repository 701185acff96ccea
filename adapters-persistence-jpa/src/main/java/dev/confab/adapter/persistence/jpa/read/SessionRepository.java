package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.SessionEntity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Queries for sessions. */
interface SessionRepository extends Repository<SessionEntity, SessionEntity.Key> {
    /** The sessions {@code s} of the owner that have not expired at {@code now}, in conversations that are live. */
    String VISIBLE = """
            SELECT s FROM SessionEntity s JOIN ConversationEntity c ON c.id = s.conversationId
            WHERE s.ownerId = :owner AND (s.expiresAt IS NULL OR s.expiresAt > :now)
                AND c.deletedAt IS NULL AND (c.expiresAt IS NULL OR c.expiresAt > :now)
            """;

    @Query(VISIBLE + "AND s.id = :id ORDER BY s.createdAt, s.conversationId")
    Optional<SessionEntity> first(String owner, UUID id, Instant now, Limit limit);

    /** In the order of {@link dev.confab.domain.query.SessionQuery.Key}, after a key. */
    @Query(VISIBLE + """
            AND s.createdAt <= :time
                AND (s.createdAt < :time OR s.id > :id OR s.id = :id AND s.conversationId > :conversation)
            ORDER BY s.createdAt DESC, s.id, s.conversationId""")
    List<SessionEntity> page(String owner, Instant now, Instant time, UUID id, UUID conversation, Limit limit);

    @Query(VISIBLE + "ORDER BY s.activatedAt DESC, s.id DESC, s.conversationId DESC")
    Optional<SessionEntity> current(String owner, Instant now, Limit limit);

    @Query("SELECT s FROM SessionEntity s WHERE s.conversationId = :conversation ORDER BY s.ordinal")
    List<SessionEntity> of(UUID conversation);

    /**
     * Conversations that have expired or have an expired session, of each kind those that expired first.
     *
     * @param rows a number of sessions that belong to at least {@code limit} conversations
     */
    @NativeQuery("""
            (SELECT id FROM conversation WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)
            UNION
            (SELECT conversation_id FROM session WHERE expires_at <= :now ORDER BY expires_at LIMIT :rows)
            LIMIT :limit""")
    List<UUID> expired(Instant now, int limit, long rows);
}
