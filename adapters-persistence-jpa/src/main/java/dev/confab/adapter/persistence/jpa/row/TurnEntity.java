package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A turn's row, to read. */
@Entity
@Immutable
@Table(name = "turn")
@IdClass(TurnEntity.Key.class)
public class TurnEntity {
    @Id
    @Column(name = "conversation_id")
    private UUID conversationId;
    @Id
    private UUID id;
    @SuppressWarnings("UnusedVariable") // Queries order by it.
    private long ordinal;
    @Column(name = "session_id")
    private UUID sessionId;
    @Column(name = "prompt_message_id")
    private UUID promptMessageId;
    @Column(name = "reply_message_id")
    private @Nullable UUID replyMessageId;
    @Column(columnDefinition = "text")
    private String state;
    @Column(name = "lease_until")
    private @Nullable Instant leaseUntil;
    @Column(columnDefinition = "text")
    private @Nullable String said;
    @Column(name = "failure_code", columnDefinition = "text")
    private @Nullable String failureCode;
    @Column(name = "failure_detail", columnDefinition = "text")
    private @Nullable String failureDetail;
    private int step;
    @Column(name = "started_at")
    private Instant startedAt;
    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;
    @Column(columnDefinition = "text")
    private String rounds;
    @Column(name = "prompt_tokens")
    private @Nullable Long promptTokens;
    @Column(name = "completion_tokens")
    private @Nullable Long completionTokens;
    private byte[] digest;

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    protected TurnEntity() {
    }

    /** A turn's id is unique in its conversation only. */
    public record Key(UUID conversationId, UUID id) {
    }

    /** The session it is of. */
    public SessionEntity.Key session() {
        return new SessionEntity.Key(conversationId, sessionId);
    }

    /** Throws {@link dev.confab.domain.port.ConversationDamaged} for a row that is no turn. */
    public Turn toTurn() {
        return Damage.named(conversationId,
                () -> new Turn(new TurnId(id), new ConversationId(conversationId), new SessionId(sessionId),
                        new MessageId(promptMessageId), Optional.ofNullable(replyMessageId).map(MessageId::new),
                        turnState(), step, startedAt, Optional.ofNullable(finishedAt), ToolRoundsJson.read(rounds),
                        usage(), new Digest(HexFormat.of().formatHex(digest))));
    }

    private TurnState turnState() {
        return switch (state) {
            case "running" ->
                new TurnState.Running(Objects.requireNonNull(leaseUntil), Objects.requireNonNull(said));
            case "awaiting-approval" -> new TurnState.AwaitingApproval();
            case "completed" -> new TurnState.Completed();
            case "cancelled" -> new TurnState.Cancelled();
            case "failed" -> new TurnState.Failed(
                    new TurnFailure(Objects.requireNonNull(failureCode), Objects.requireNonNull(failureDetail)));
            default -> throw new IllegalArgumentException("no state of a turn: " + state);
        };
    }

    private Optional<TokenUsage> usage() {
        return promptTokens == null
                ? Optional.empty()
                : Optional.of(new TokenUsage(promptTokens, Objects.requireNonNull(completionTokens)));
    }
}
