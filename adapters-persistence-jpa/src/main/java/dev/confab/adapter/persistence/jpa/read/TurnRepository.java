package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.TurnEntity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Queries for turns. */
interface TurnRepository extends Repository<TurnEntity, TurnEntity.Key> {

    @Query("""
            SELECT t FROM TurnEntity t JOIN ConversationEntity c ON c.id = t.conversationId
            WHERE t.id = :id AND c.ownerId = :owner AND c.deletedAt IS NULL
                AND (c.expiresAt IS NULL OR c.expiresAt > :now)
            ORDER BY t.startedAt, t.conversationId""")
    Optional<TurnEntity> first(String owner, UUID id, Instant now, Limit limit);

    @Query("FROM TurnEntity WHERE conversationId = :conversation" + TurnEntity.IN_ORDER)
    List<TurnEntity> of(UUID conversation);

    /**
     * The turn of each of these sessions that runs or awaits an approval, or else its latest one; perhaps also of other sessions of the same
     * conversations.
     */
    @NativeQuery("""
            SELECT DISTINCT ON (conversation_id, session_id) * FROM turn
            WHERE conversation_id IN (:conversations) AND session_id IN (:sessions)
            ORDER BY conversation_id, session_id, (finished_at IS NULL AND state <> 'queued') DESC,
                (state = 'queued') DESC, ordinal DESC""")
    List<TurnEntity> latest(Collection<UUID> conversations, Collection<UUID> sessions);

    /** Conversations whose running turn has an expired lease. A conversation has at most one running turn. */
    @Query("SELECT t.conversationId FROM TurnEntity t WHERE t.leaseUntil <= :now ORDER BY t.leaseUntil")
    List<UUID> abandoned(Instant now, Limit limit);
}
