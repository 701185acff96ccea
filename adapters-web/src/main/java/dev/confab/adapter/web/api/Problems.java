package dev.confab.adapter.web.api;

import dev.confab.application.Transfer;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.ConversationException;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.ConversationNotDeleted;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.VersionConflict;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.port.TransactionTooLarge;
import dev.confab.domain.session.NothingToRegenerate;
import dev.confab.domain.session.SessionException;
import dev.confab.domain.session.SessionIdReused;
import dev.confab.domain.session.SessionNotFound;
import dev.confab.domain.session.SessionVersionConflict;
import dev.confab.domain.session.TooManySessions;
import dev.confab.domain.session.ToolCallAlreadyAnswered;
import dev.confab.domain.session.ToolCallNotFound;
import dev.confab.domain.session.TurnFinished;
import dev.confab.domain.session.TurnIdReused;
import dev.confab.domain.session.TurnInProgress;
import dev.confab.domain.session.TurnNotFound;
import dev.confab.domain.session.TurnSuperseded;
import java.time.Duration;
import java.util.Set;
import org.springframework.web.ErrorResponse;

/** Which problem an exception is. */
final class Problems {
    /** The values that are named alike in the domain and in a request's body. */
    private static final Set<String> BODY_FIELDS = Set.of("title", "text", "data", "metadata",
            "instructions", "model", "context");

    /** Seconds. A turn's end may be seconds or minutes away; its events tell at once. */
    private static final String TURN_RETRY_AFTER = "1";

    private Problems() {
    }

    /** @param retryAfter what to tell a client whose request may pass later */
    static Problem of(Throwable thrown, Duration retryAfter) {
        return switch (thrown) {
            case ApiException e -> e.problem();
            case ConversationException e -> of(e);
            case SessionException e -> of(e, retryAfter);
            case StorageException e -> of(e, retryAfter);
            case Transfer.ChangedMeanwhile e ->
                later(ProblemCode.LOCK_TIMEOUT, "the conversation kept changing while it was read", true, retryAfter);
            case ErrorResponse e -> of(e);
            default -> internal();
        };
    }

    /** A refusal that only its status is known of. */
    static Problem ofStatus(int status) {
        ProblemCode code = ProblemCode.ofStatus(status);
        return Problem.of(code, code.explanation()).withStatus(status);
    }

    private static Problem of(ConversationException thrown) {
        return switch (thrown) {
            case ConversationNotFound e -> told(ProblemCode.CONVERSATION_NOT_FOUND, e);
            case MessageNotFound e -> told(ProblemCode.MESSAGE_NOT_FOUND, e);
            case VersionConflict e -> told(ProblemCode.VERSION_CONFLICT, e)
                    .withCurrentVersion(e.current().value());
            case MessageIdReused e -> told(ProblemCode.MESSAGE_ID_REUSED, e);
            case ConversationIdReused e -> told(ProblemCode.CONVERSATION_ID_REUSED, e);
            case ConversationNotDeleted e -> told(ProblemCode.CONVERSATION_LIVE, e);
            case InvalidValue e -> {
                Problem problem = told(ProblemCode.INVALID_REQUEST, e);
                yield BODY_FIELDS.contains(e.field())
                        ? problem.at(Pointer.ROOT.child(e.field()), e.reason())
                        : problem;
            }
        };
    }

    private static Problem of(SessionException thrown, Duration retryAfter) {
        return switch (thrown) {
            case SessionNotFound e -> told(ProblemCode.SESSION_NOT_FOUND, e);
            case TurnNotFound e -> told(ProblemCode.TURN_NOT_FOUND, e);
            case ToolCallNotFound e -> told(ProblemCode.CALL_NOT_FOUND, e);
            case SessionIdReused e -> told(ProblemCode.SESSION_ID_REUSED, e);
            case TurnIdReused e -> told(ProblemCode.TURN_ID_REUSED, e);
            case TurnInProgress e -> told(ProblemCode.TURN_IN_PROGRESS, e).withTurnId(e.turnId())
                    .withHeader("Retry-After", TURN_RETRY_AFTER);
            case TurnFinished e -> told(ProblemCode.TURN_FINISHED, e);
            case ToolCallAlreadyAnswered e -> told(ProblemCode.ALREADY_ANSWERED, e);
            case NothingToRegenerate e -> told(ProblemCode.NOTHING_TO_REGENERATE, e);
            case TooManySessions e -> told(ProblemCode.TOO_MANY_SESSIONS, e);
            case SessionVersionConflict e -> told(ProblemCode.VERSION_CONFLICT, e)
                    .withCurrentVersion(e.current().value());
            // A client's request names no step of a turn: it lost a race, and may be repeated.
            case TurnSuperseded e ->
                later(ProblemCode.LOCK_TIMEOUT, String.valueOf(e.getMessage()), true, retryAfter);
        };
    }

    private static Problem of(StorageException thrown, Duration retryAfter) {
        return switch (thrown) {
            case LockTimeout e -> later(ProblemCode.LOCK_TIMEOUT, true, retryAfter);
            case StorageUnavailable e -> later(ProblemCode.STORAGE_UNAVAILABLE, true, retryAfter);
            case CommitOutcomeUnknown e -> later(ProblemCode.OUTCOME_UNKNOWN, false, retryAfter);
            case TransactionTooLarge e -> told(ProblemCode.CONTENT_TOO_LARGE, e);
            case ConversationDamaged e -> told(ProblemCode.CONVERSATION_DAMAGED, e);
        };
    }

    private static Problem of(ErrorResponse refusal) {
        var problem = ofStatus(refusal.getStatusCode().value());
        for (var header : refusal.getHeaders().headerSet()) {
            problem = problem.withHeader(header.getKey(), String.join(", ", header.getValue()));
        }
        return problem;
    }

    private static Problem later(ProblemCode code, boolean repeatable, Duration retryAfter) {
        return later(code, code.explanation(), repeatable, retryAfter);
    }

    private static Problem later(ProblemCode code, String detail, boolean repeatable, Duration retryAfter) {
        return Problem.of(code, detail).withRepeatable(repeatable)
                .withHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }

    /** The named errors say nothing but what their caller may know. */
    private static Problem told(ProblemCode code, ConfabException thrown) {
        return Problem.of(code, String.valueOf(thrown.getMessage()));
    }

    private static Problem internal() {
        return Problem.of(ProblemCode.INTERNAL_ERROR, ProblemCode.INTERNAL_ERROR.explanation());
    }
}
