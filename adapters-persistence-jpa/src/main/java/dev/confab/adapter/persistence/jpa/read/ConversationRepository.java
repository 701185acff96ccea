package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Queries for heads, except {@link HeadListing}. */
interface ConversationRepository extends Repository<ConversationEntity, UUID> {

    /** A query, because Hibernate's look-up by id reports some errors of the database as an absent row (HHH-12472). */
    @Query("SELECT c FROM ConversationEntity c WHERE c.id = :id")
    Optional<ConversationEntity> byId(UUID id);

    /** Empty when the conversation is in the bin or has expired, too. */
    default Optional<Conversation> live(ConversationId id, Instant now) {
        return byId(id.value()).filter(ConversationEntity::isLive).map(ConversationEntity::toHead)
                .filter(head -> !head.isExpired(now));
    }

    default Conversation liveOrNotFound(ConversationId id, Instant now) {
        return live(id, now).orElseThrow(() -> new ConversationNotFound(id));
    }

    List<ConversationEntity> findAllById(Iterable<UUID> ids);

    /** Deleted before {@code before}, the earliest first, after a key of that order. */
    @Query("""
            SELECT c FROM ConversationEntity c WHERE c.deletedAt IS NOT NULL AND c.deletedAt < :before
                AND c.deletedAt >= :time AND (c.deletedAt > :time OR c.id > :id)
            ORDER BY c.deletedAt, c.id""")
    List<ConversationEntity> deletedBefore(Instant before, Instant time, UUID id, Limit limit);

    @Query("SELECT c.id FROM ConversationEntity c WHERE c.id >= :from ORDER BY c.id")
    List<UUID> ids(UUID from, Limit limit);

    @Query("SELECT c.id FROM ConversationEntity c WHERE c.ownerId = :owner AND c.id >= :from ORDER BY c.id")
    List<UUID> idsOf(String owner, UUID from, Limit limit);

    @Query("SELECT c.id FROM ConversationEntity c WHERE c.ownerId = :owner AND c.deletedAt IS NULL AND c.life <= :last")
    List<UUID> liveOf(String owner, long last, Limit limit);

    @Query("SELECT c.id FROM ConversationEntity c WHERE c.ownerId = :owner AND c.deletedAt IS NOT NULL AND c.life <= :last")
    List<UUID> deletedOf(String owner, long last, Limit limit);

    /** Live conversations whose title is a candidate, in the order of {@code SearchQuery.Key}, after a key. */
    @NativeQuery("""
            SELECT id, life, revision, owner_id, title, metadata, pinned, archived, labels, version, message_count, created_at, updated_at,
                deleted_at, expires_at, forked_from_conversation, forked_from_message, digest
            FROM conversation
            WHERE title_terms @> CAST(:terms AS text[]) AND title IS NOT NULL AND deleted_at IS NULL
                AND (expires_at IS NULL OR expires_at > :now)
                AND (:prefix = ''
                    OR strpos(chr(10) || array_to_string(title_terms, chr(10)), chr(10) || :prefix) > 0)
                AND id BETWEEN :lowest AND :highest AND labels @> CAST(:labels AS text[])
                AND created_at >= :from AND created_at < :to
                AND created_at <= :time AND (created_at < :time OR id > :conversation)
            ORDER BY created_at DESC, id LIMIT :limit""")
    List<ConversationEntity> titled(String[] terms, String prefix, UUID lowest, UUID highest, String[] labels,
            Instant from, Instant to, Instant now, Instant time, UUID conversation, int limit);
}
