package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.SearchQuery;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * The row of a message, read only. Its {@code terms} are not mapped: they are as large as the text, and only the
 * index needs them.
 */
@Entity
@Immutable
@Table(name = "message")
@IdClass(MessageEntity.Key.class)
public class MessageEntity {
    @Id
    private UUID conversationId;
    @Id
    private int position;
    private UUID id;
    private String role;
    private @Nullable String author;
    private String text;
    private @Nullable String data;
    @JdbcTypeCode(SqlTypes.JSON)
    private String metadata;
    private Instant createdAt;
    private @Nullable Instant editedAt;
    private @Nullable Instant removedAt;
    private long version;
    private byte[] digest;
    private @Nullable String incomplete;
    private int weight;

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    protected MessageEntity() {
    }

    /** The position of a message, at which there is never another message at the same time. */
    public record Key(UUID conversationId, int position) {
    }

    public UUID conversationId() {
        return conversationId;
    }

    public int weight() {
        return weight;
    }

    public String text() {
        return text;
    }

    /** The key of the message among the hits of a search. */
    public SearchQuery.Key searchKey() {
        return new SearchQuery.Key(createdAt, new ConversationId(conversationId), Optional.of(new MessageId(id)));
    }

    /** Throws {@link dev.confab.domain.port.ConversationDamaged} for an invalid row. */
    public Message toMessage() {
        return Damage.named(conversationId,
                () -> new Message(new MessageId(id), position, Role.valueOf(role),
                        Optional.ofNullable(author).map(Author::new), text, Optional.ofNullable(data),
                        MetadataJson.read(metadata), createdAt, Optional.ofNullable(editedAt),
                        Optional.ofNullable(removedAt), new Version(version), Digest.ofBytes(digest),
                        Optional.ofNullable(incomplete).map(IncompleteReason::new)));
    }
}
