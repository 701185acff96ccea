package dev.confab.adapter.web.problem;

import dev.confab.application.Statistics;
import dev.confab.application.Transfer;
import dev.confab.application.Turns;
import dev.confab.application.Usages.QuotaExceeded;
import dev.confab.domain.ConfabException;
import dev.confab.domain.access.AccessException;
import dev.confab.domain.access.ApiKeyNotFound;
import dev.confab.domain.access.TooManyApiKeys;
import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.importjob.ImportJobException;
import dev.confab.domain.importjob.ImportJobIdReused;
import dev.confab.domain.importjob.ImportJobNotFound;
import dev.confab.domain.importjob.TooManyImportJobs;
import dev.confab.domain.conversation.ConversationException;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.ConversationInBin;
import dev.confab.domain.conversation.ConversationNotDeleted;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.MessageIsRemoved;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.VersionConflict;
import dev.confab.domain.erasure.OwnerErased;
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
import dev.confab.domain.session.TooManyQueuedTurns;
import dev.confab.domain.session.TooManySessions;
import dev.confab.domain.session.ToolCallAlreadyAnswered;
import dev.confab.domain.session.ToolCallNotFound;
import dev.confab.domain.session.TurnFinished;
import dev.confab.domain.session.TurnIdReused;
import dev.confab.domain.session.TurnInProgress;
import dev.confab.domain.session.TurnNotFound;
import dev.confab.domain.session.TurnSuperseded;
import dev.confab.domain.webhook.TooManyWebhooks;
import dev.confab.domain.webhook.WebhookException;
import dev.confab.domain.webhook.WebhookIdReused;
import dev.confab.domain.webhook.WebhookNotFound;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JsonPointer;

/** Maps exceptions to problems. */
final class ExceptionProblems {
    /** The values that have the same name in the domain and in a request's body. */
    private static final Set<String> BODY_FIELDS = Set.of("title", "author", "labels", "text", "data", "metadata",
            "createdAt", "instructions", "model", "context", "expiresAt", "url", "events");

    /** In seconds. A turn may take seconds or minutes; its event stream shows when it ends. */
    private static final String TURN_RETRY_AFTER = "1";

    private ExceptionProblems() {
    }

    /** @param retryAfter how long a client should wait before it repeats a request that may succeed later */
    static ProblemException of(Throwable thrown, Duration retryAfter) {
        return switch (thrown) {
            case ProblemException e -> e;
            case ConversationException e -> of(e);
            case SessionException e -> of(e, retryAfter);
            case AccessException e -> of(e);
            case WebhookException e -> of(e);
            case ImportJobException e -> of(e);
            case ChatExportRejected e -> of(e);
            case StorageException e -> of(e, retryAfter);
            case OwnerErased _ ->
                new ProblemException(ProblemCode.OWNER_ERASED, ProblemCode.OWNER_ERASED.explanation());
            case Transfer.ChangedMeanwhile _ ->
                ProblemException.later(ProblemCode.LOCK_TIMEOUT, "The conversation changed each time it was read.",
                        true, retryAfter);
            case Statistics.Busy _ -> later(ProblemCode.OVERLOADED, true, retryAfter);
            case Turns.TooManyTurnsOfOwner e -> limited(ProblemCode.TURNS_LIMITED, e.limit(), retryAfter);
            case QuotaExceeded e -> of(e);
            case Turns.ContextTooLarge e -> new ProblemException(ProblemCode.CONTEXT_TOO_LARGE,
                    "The system messages and the last message have more than " + e.budget() + " tokens.");
            case Turns.TooManyRunningTurns _ -> later(ProblemCode.TOO_MANY_TURNS, true, retryAfter);
            case MethodArgumentTypeMismatchException e -> of(e);
            case MissingServletRequestParameterException e ->
                ProblemException.invalid(e.getParameterName() + ": is missing");
            case InvalidParameterException _ ->
                ProblemException
                        .invalid("The query is malformed: it must be name=value pairs in percent-encoded UTF-8.");
            // Tomcat throws these while it reads a request's body. Stores wrap their own I/O exceptions.
            case ClientAbortException e when e.getCause() != null -> of(e.getCause(), retryAfter);
            case BadRequestException _ -> ProblemException.invalid("The body is not valid in its Transfer-Encoding.");
            case EOFException _ -> ProblemException.invalid("The body ended before its announced end.");
            case SocketTimeoutException _ -> ProblemException.ofStatus(408);
            case ErrorResponse e -> of(e);
            default -> new ProblemException(ProblemCode.INTERNAL_ERROR, ProblemCode.INTERNAL_ERROR.explanation());
        };
    }

    /** As above; a conflict over an id that was derived from an idempotency key is reported as one of the key. */
    static ProblemException of(Throwable thrown, HttpServletRequest request, Duration retryAfter) {
        ProblemException problem = of(thrown, retryAfter);
        Optional<String> reused = KeyedCreation.of(request)
                .filter(creation -> creation.conflict().isInstance(thrown)).map(KeyedCreation::key);
        return reused.map(key -> new ProblemException(problem.code(),
                "The Idempotency-Key \"" + key + "\" was used before with another request.")).orElse(problem);
    }

    private static ProblemException of(ConversationException thrown) {
        return switch (thrown) {
            case ConversationNotFound e -> problem(ProblemCode.CONVERSATION_NOT_FOUND, e);
            case MessageNotFound e -> problem(ProblemCode.MESSAGE_NOT_FOUND, e);
            case VersionConflict e ->
                problem(ProblemCode.VERSION_CONFLICT, e).with("currentVersion", e.current().value());
            case MessageIsRemoved e -> problem(ProblemCode.MESSAGE_REMOVED, e);
            case MessageIdReused e -> problem(ProblemCode.MESSAGE_ID_REUSED, e);
            case ConversationIdReused e -> problem(ProblemCode.CONVERSATION_ID_REUSED, e);
            case ConversationInBin e -> inBin(e.conversationId());
            case ConversationNotDeleted e -> problem(ProblemCode.CONVERSATION_LIVE, e);
            // The domain's name of a search text is not the parameter's.
            case InvalidValue e when e.field().equals("query") -> ProblemException.invalid("q: " + e.reason());
            case InvalidValue e -> {
                ProblemException problem = problem(ProblemCode.INVALID_REQUEST, e);
                // A message of a batch is named with its place: messages/3/createdAt.
                yield BODY_FIELDS.contains(e.field()) || e.field().startsWith("messages/")
                        ? problem.at(JsonPointer.compile("/" + e.field()), e.reason())
                        : problem;
            }
        };
    }

    private static ProblemException inBin(ConversationId id) {
        String path = "/api/v1/conversations/" + id;
        return new ProblemException(ProblemCode.CONVERSATION_IN_BIN, "Conversation " + id
                + " is in the bin. Restore it with POST " + path + "/restore, or delete it permanently with DELETE "
                + path
                + "?purge=true.").with("conversationId", id.toString());
    }

    private static ProblemException of(SessionException thrown, Duration retryAfter) {
        return switch (thrown) {
            case SessionNotFound e -> problem(ProblemCode.SESSION_NOT_FOUND, e);
            case TurnNotFound e -> problem(ProblemCode.TURN_NOT_FOUND, e);
            case ToolCallNotFound e -> problem(ProblemCode.CALL_NOT_FOUND, e);
            case SessionIdReused e -> problem(ProblemCode.SESSION_ID_REUSED, e);
            case TurnIdReused e -> problem(ProblemCode.TURN_ID_REUSED, e);
            case TurnInProgress e -> problem(ProblemCode.TURN_IN_PROGRESS, e).with("turnId", e.turnId().toString())
                    .withHeader("Retry-After", TURN_RETRY_AFTER);
            case TurnFinished e -> problem(ProblemCode.TURN_FINISHED, e);
            case ToolCallAlreadyAnswered e -> problem(ProblemCode.ALREADY_ANSWERED, e);
            case NothingToRegenerate e -> problem(ProblemCode.NOTHING_TO_REGENERATE, e);
            case TooManyQueuedTurns e -> problem(ProblemCode.QUEUE_FULL, e);
            case TooManySessions e -> problem(ProblemCode.TOO_MANY_SESSIONS, e);
            case SessionVersionConflict e ->
                problem(ProblemCode.VERSION_CONFLICT, e).with("currentVersion", e.current().value());
            // A request names no step of a turn, so it lost a race and may be repeated.
            case TurnSuperseded e ->
                ProblemException.later(ProblemCode.LOCK_TIMEOUT, String.valueOf(e.getMessage()), true, retryAfter);
        };
    }

    private static ProblemException of(AccessException thrown) {
        return switch (thrown) {
            case ApiKeyNotFound e -> problem(ProblemCode.API_KEY_NOT_FOUND, e);
            case TooManyApiKeys e -> problem(ProblemCode.TOO_MANY_API_KEYS, e);
        };
    }

    private static ProblemException of(WebhookException thrown) {
        return switch (thrown) {
            case WebhookNotFound e -> problem(ProblemCode.WEBHOOK_NOT_FOUND, e);
            case WebhookIdReused e -> problem(ProblemCode.WEBHOOK_ID_REUSED, e);
            case TooManyWebhooks e -> problem(ProblemCode.TOO_MANY_WEBHOOKS, e);
        };
    }

    private static ProblemException of(ImportJobException thrown) {
        return switch (thrown) {
            case ImportJobNotFound e -> problem(ProblemCode.IMPORT_NOT_FOUND, e);
            case ImportJobIdReused e -> problem(ProblemCode.IMPORT_ID_REUSED, e);
            case TooManyImportJobs e -> problem(ProblemCode.TOO_MANY_IMPORTS, e);
        };
    }

    private static ProblemException of(ChatExportRejected thrown) {
        ProblemException problem = problem(ProblemCode.IMPORT_REJECTED, thrown);
        thrown.parameter().ifPresent(parameter -> problem.with("parameter", switch (parameter) {
            case FORMAT -> "format";
            case ZONE -> "zone";
            case DATE_ORDER -> "dateOrder";
        }));
        return problem;
    }

    private static ProblemException of(StorageException thrown, Duration retryAfter) {
        return switch (thrown) {
            case LockTimeout _ -> later(ProblemCode.LOCK_TIMEOUT, true, retryAfter);
            case StorageUnavailable _ -> later(ProblemCode.STORAGE_UNAVAILABLE, true, retryAfter);
            case CommitOutcomeUnknown _ -> later(ProblemCode.OUTCOME_UNKNOWN, false, retryAfter);
            case TransactionTooLarge e -> problem(ProblemCode.CONTENT_TOO_LARGE, e);
            case ConversationDamaged e -> problem(ProblemCode.CONVERSATION_DAMAGED, e);
        };
    }

    private static ProblemException of(QuotaExceeded thrown) {
        String what = switch (thrown.quota()) {
            case STORED_BYTES -> "bytes";
            case CONVERSATIONS -> "conversations";
        };
        return new ProblemException(ProblemCode.QUOTA_EXCEEDED,
                "The owner may store " + thrown.limit() + " " + what + ", has " + thrown.used() + ", the bin included, "
                        + "and would add " + thrown.asked() + ".")
                .with("quota", thrown.quota().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .with("limit", thrown.limit()).with("used", thrown.used());
    }

    /** A path variable, query parameter or header that could not be converted to the handler's type. */
    private static ProblemException of(MethodArgumentTypeMismatchException thrown) {
        String reason = NestedExceptionUtils.getMostSpecificCause(thrown) instanceof InvalidValue refused
                ? refused.reason()
                : "is malformed";
        return ProblemException.invalid(thrown.getName() + ": " + reason);
    }

    private static ProblemException of(ErrorResponse refusal) {
        var problem = ProblemException.ofStatus(refusal.getStatusCode().value());
        refusal.getHeaders().forEach((name, values) -> problem.withHeader(name, String.join(", ", values)));
        return problem;
    }

    private static ProblemException limited(ProblemCode code, int limit, Duration retryAfter) {
        return ProblemException.limited(code, code.explanation(), limit, retryAfter);
    }

    private static ProblemException later(ProblemCode code, boolean repeatable, Duration retryAfter) {
        return ProblemException.later(code, code.explanation(), repeatable, retryAfter);
    }

    /** The messages of these exceptions contain nothing that is hidden from the caller. */
    private static ProblemException problem(ProblemCode code, ConfabException thrown) {
        return new ProblemException(code, String.valueOf(thrown.getMessage()));
    }
}
