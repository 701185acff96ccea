package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A session's row, to read. */
@Entity
@Immutable
@Table(name = "session")
@IdClass(SessionEntity.Key.class)
public class SessionEntity {
    @Id
    @Column(name = "conversation_id")
    private UUID conversationId;
    @Id
    private UUID id;
    @SuppressWarnings("UnusedVariable") // Queries order by it.
    private long ordinal;
    @Column(name = "owner_id", columnDefinition = "text")
    private String ownerId;
    @Column(columnDefinition = "text")
    private @Nullable String name;
    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;
    @Column(columnDefinition = "text")
    private @Nullable String instructions;
    @Column(columnDefinition = "text")
    private @Nullable String model;
    @Column(columnDefinition = "text")
    private String context;
    private long version;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "updated_at")
    private Instant updatedAt;
    @Column(name = "activated_at")
    private Instant activatedAt;
    private byte[] digest;

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    protected SessionEntity() {
    }

    /** A session's id is unique in its conversation only. */
    public record Key(UUID conversationId, UUID id) {
    }

    public Key key() {
        return new Key(conversationId, id);
    }

    public UUID conversationId() {
        return conversationId;
    }

    /** Where the session stands in its owner's listing. */
    public SessionQuery.Key listKey() {
        return new SessionQuery.Key(createdAt, new SessionId(id), new ConversationId(conversationId));
    }

    /** Throws {@link dev.confab.domain.port.ConversationDamaged} for a row that is no session. */
    public Session toSession() {
        return Damage.named(conversationId,
                () -> new Session(new SessionId(id), new ConversationId(conversationId), new OwnerId(ownerId),
                        Optional.ofNullable(name).map(Title::new), lifetime(), Optional.ofNullable(instructions),
                        Optional.ofNullable(model), new ContextVariables(context), new Version(version), createdAt,
                        updatedAt,
                        activatedAt, new Digest(HexFormat.of().formatHex(digest))));
    }

    private Lifetime lifetime() {
        return expiresAt == null ? new Lifetime.Permanent() : new Lifetime.Temporary(expiresAt);
    }
}
