package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.SearchQuery;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * The row of a conversation's head, read only. Columns that only the database uses ({@code title_terms},
 * {@code changed_in}, {@code weight}) are not mapped.
 */
@Entity
@Immutable
@Table(name = "conversation")
public class ConversationEntity {
    /** The condition in SQL for a conversation that is not {@link Conversation#isStaged staged}. */
    public static final String NOT_STAGED = "expires_at IS DISTINCT FROM timestamptz '" + Conversation.STAGED + "'";

    @Id
    private UUID id;
    private long life;
    private long revision;
    private String ownerId;
    private @Nullable String title;
    @JdbcTypeCode(SqlTypes.JSON)
    private String metadata;
    private boolean pinned;
    private boolean archived;
    private String[] labels;
    private long version;
    private int messageCount;
    private Instant createdAt;
    private Instant updatedAt;
    private @Nullable Instant deletedAt;
    private @Nullable Instant expiresAt;
    private @Nullable UUID forkedFromConversation;
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

    /** The row's key in a listing, of live conversations or of the bin. */
    public ListQuery.Key key(ListQuery.Sort sort) {
        Instant time = switch (sort) {
            case UPDATED -> updatedAt;
            case CREATED -> createdAt;
            case DELETED -> Objects.requireNonNull(deletedAt);
        };
        return new ListQuery.Key(time, new ConversationId(id));
    }

    /** The key of the title among the hits of a search. */
    public SearchQuery.Key titleKey() {
        return new SearchQuery.Key(createdAt, new ConversationId(id), Optional.empty());
    }

    /** The title's text; empty when there is no title. */
    public String titleText() {
        return Objects.requireNonNullElse(title, "");
    }

    /** Throws {@link dev.confab.domain.port.ConversationDamaged} for an invalid row. */
    public Conversation toHead() {
        return Damage.named(id,
                () -> new Conversation(new ConversationId(id), new OwnerId(ownerId),
                        Optional.ofNullable(title).map(Title::new), MetadataJson.read(metadata),
                        new Filing(pinned, archived, Filing.labels(List.of(labels))), new Version(version),
                        messageCount, createdAt, updatedAt, Optional.ofNullable(deletedAt),
                        Optional.ofNullable(expiresAt), origin(), Digest.ofBytes(digest)));
    }

    private Optional<Origin> origin() {
        if (forkedFromConversation == null && forkedFromMessage == null) {
            return Optional.empty();
        }
        if (forkedFromConversation == null || forkedFromMessage == null) {
            throw new IllegalArgumentException("an origin without conversation or message");
        }
        return Optional.of(new Origin(new ConversationId(forkedFromConversation), new MessageId(forkedFromMessage)));
    }
}
