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
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** The row of a turn, read only. */
@Entity
@Immutable
@Table(name = "turn")
@IdClass(TurnEntity.Key.class)
public class TurnEntity {
    /** Orders the turns of a conversation: those that wait come last. */
    public static final String IN_ORDER = " order by case when state = 'queued' then 1 else 0 end, ordinal";

    @Id
    private UUID conversationId;
    @Id
    private UUID id;
    @SuppressWarnings("UnusedVariable") // Used by ORDER BY.
    private long ordinal;
    private UUID sessionId;
    private UUID promptMessageId;
    private @Nullable UUID replyMessageId;
    private String state;
    private @Nullable Instant leaseUntil;
    private @Nullable String said;
    private @Nullable String failureCode;
    private @Nullable String failureDetail;
    private int step;
    private @Nullable Instant queuedAt;
    private @Nullable String input;
    private Instant startedAt;
    private @Nullable Instant finishedAt;
    private String rounds;
    private @Nullable Long promptTokens;
    private @Nullable Long completionTokens;
    private byte[] digest;

    /** For Hibernate, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    protected TurnEntity() {
    }

    /** The id of a turn is unique within its conversation only. */
    public record Key(UUID conversationId, UUID id) {
    }

    /** The key of the session in which the turn started. */
    public SessionEntity.Key session() {
        return new SessionEntity.Key(conversationId, sessionId);
    }

    /** Throws {@link dev.confab.domain.port.ConversationDamaged} for an invalid row. */
    public Turn toTurn() {
        return Damage.named(conversationId,
                () -> new Turn(new TurnId(id), new ConversationId(conversationId), new SessionId(sessionId),
                        new MessageId(promptMessageId), Optional.ofNullable(replyMessageId).map(MessageId::new),
                        turnState(), step, Optional.ofNullable(queuedAt), startedAt, Optional.ofNullable(finishedAt),
                        ToolRoundsJson.read(rounds), usage(), Digest.ofBytes(digest)));
    }

    private TurnState turnState() {
        return switch (state) {
            case "queued" -> new TurnState.Queued(TurnInputJson.read(Objects.requireNonNull(input)));
            case "running" ->
                new TurnState.Running(Objects.requireNonNull(leaseUntil), Objects.requireNonNull(said));
            case "awaiting-approval" -> new TurnState.AwaitingApproval();
            case "completed" -> new TurnState.Completed();
            case "cancelled" -> new TurnState.Cancelled();
            case "failed" -> new TurnState.Failed(
                    new TurnFailure(Objects.requireNonNull(failureCode), Objects.requireNonNull(failureDetail)));
            default -> throw new IllegalArgumentException("unknown state of a turn: " + state);
        };
    }

    private Optional<TokenUsage> usage() {
        return promptTokens == null
                ? Optional.empty()
                : Optional.of(new TokenUsage(promptTokens, Objects.requireNonNull(completionTokens)));
    }
}
