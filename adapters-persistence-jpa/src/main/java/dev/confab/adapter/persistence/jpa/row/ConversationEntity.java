package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.SearchQuery;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A head's row, to read: commits are written by a statement of our own. The columns that only the database looks at
 * ({@code title_terms}, {@code changed_in}) are not mapped.
 */
@Entity
@Immutable
@Table(name = "conversation")
public class ConversationEntity {
    @Id
    private UUID id;
    private long life;
    private long revision;
    @Column(name = "owner_id", columnDefinition = "text")
    private String ownerId;
    @Column(columnDefinition = "text")
    private @Nullable String title;
    @JdbcTypeCode(SqlTypes.JSON)
    private String metadata;
    private long version;
    @Column(name = "message_count")
    private int messageCount;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "updated_at")
    private Instant updatedAt;
    @Column(name = "deleted_at")
    private @Nullable Instant deletedAt;
    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;
    @Column(name = "forked_from_conversation")
    private @Nullable UUID forkedFromConversation;
    @Column(name = "forked_from_message")
    private @Nullable UUID forkedFromMessage;
    private byte[] digest;

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    protected ConversationEntity() {
    }

    public UUID id() {
        return id;
    }

    public long life() {
        return life;
    }

    public long revision() {
        return revision;
    }

    public boolean isLive() {
        return deletedAt == null;
    }

    /** The row's place in a listing of its kind, the bin or what is live. */
    public ListQuery.Key key(ListQuery.Sort sort) {
        Instant time = switch (sort) {
            case UPDATED -> updatedAt;
            case CREATED -> createdAt;
            case DELETED -> Objects.requireNonNull(deletedAt);
        };
        return new ListQuery.Key(time, new ConversationId(id));
    }

    /** Where the title stands among the hits of a search. */
    public SearchQuery.Key titleKey() {
        return new SearchQuery.Key(createdAt, new ConversationId(id), Optional.empty());
    }

    /** Throws {@link dev.confab.domain.port.ConversationDamaged} for a row that is no head. */
    public Conversation toHead() {
        return Damage.named(id,
                () -> new Conversation(new ConversationId(id), new OwnerId(ownerId),
                        Optional.ofNullable(title).map(Title::new), MetadataJson.read(metadata), new Version(version),
                        messageCount, createdAt, updatedAt, Optional.ofNullable(deletedAt),
                        Optional.ofNullable(expiresAt), origin(), new Digest(HexFormat.of().formatHex(digest))));
    }

    private Optional<Origin> origin() {
        if (forkedFromConversation == null && forkedFromMessage == null) {
            return Optional.empty();
        }
        if (forkedFromConversation == null || forkedFromMessage == null) {
            throw new IllegalArgumentException("half an origin");
        }
        return Optional.of(new Origin(new ConversationId(forkedFromConversation), new MessageId(forkedFromMessage)));
    }
}
