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
import dev.confab.domain.session.Session.TokenBudget;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The row of a session, read only. */
@Entity
@Immutable
@Table(name = "session")
@IdClass(SessionEntity.Key.class)
public class SessionEntity {
    @Id
    private UUID conversationId;
    @Id
    private UUID id;
    @SuppressWarnings("UnusedVariable") // Used by ORDER BY.
    private long ordinal;
    private String ownerId;
    private @Nullable String name;
    private @Nullable Instant expiresAt;
    private @Nullable String instructions;
    private @Nullable String model;
    private @Nullable Integer contextTokens;
    private String context;
    private long version;
    private Instant createdAt;
    private Instant updatedAt;
    private Instant activatedAt;
    private byte[] digest;

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    protected SessionEntity() {
    }

    /** The id of a session is unique within its conversation only. */
    public record Key(UUID conversationId, UUID id) {
    }

    public Key key() {
        return new Key(conversationId, id);
    }

    public UUID conversationId() {
        return conversationId;
    }

    /** The key of the session in its owner's listing. */
    public SessionQuery.Key listKey() {
        return new SessionQuery.Key(createdAt, new SessionId(id), new ConversationId(conversationId));
    }

    /** Throws {@link dev.confab.domain.port.ConversationDamaged} for an invalid row. */
    public Session toSession() {
        return Damage.named(conversationId,
                () -> new Session(new SessionId(id), new ConversationId(conversationId), new OwnerId(ownerId),
                        Optional.ofNullable(name).map(Title::new), lifetime(), Optional.ofNullable(instructions),
                        Optional.ofNullable(model), Optional.ofNullable(contextTokens).map(TokenBudget::new),
                        new ContextVariables(context), new Version(version), createdAt, updatedAt, activatedAt,
                        Digest.ofBytes(digest)));
    }

    private Lifetime lifetime() {
        return expiresAt == null ? new Lifetime.Permanent() : new Lifetime.Temporary(expiresAt);
    }
}
