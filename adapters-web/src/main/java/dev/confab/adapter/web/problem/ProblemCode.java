package dev.confab.adapter.web.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every kind of problem, its status, and what a reader of {@code /problems/<code>} is told. The slashes keep the formatter from
 * indenting each one under the one before.
 */
public enum ProblemCode {
    INVALID_REQUEST(400, "Invalid request",
            "The request is malformed: broken JSON or a key twice, an unknown field or query parameter, a value of the wrong "
                    + "type or past its limit, text that is not well-formed UTF-8 or contains U+0000, a malformed id. The "
                    + "detail, and for a body the pointers in errors, name the place. Repeating it unchanged will not help."), //
    INVALID_CURSOR(400, "Invalid cursor",
            "The cursor was not given out by this service, or for another query or owner. Start at the first page."), //
    FORBIDDEN_ORIGIN(403, "Forbidden origin",
            "A web page of another origin, or under a foreign host name, may not use this service. "
                    + "confab.cors.allowed-origins allows some."), //
    CONVERSATION_NOT_FOUND(404, "Conversation not found",
            "There is no such conversation for this caller: never made, deleted, purged, or of another owner."), //
    MESSAGE_NOT_FOUND(404, "Message not found", "The conversation has no such message."), //
    SESSION_NOT_FOUND(404, "Session not found",
            "There is no such session for this caller: never made, deleted, expired, or of another owner."), //
    TURN_NOT_FOUND(404, "Turn not found",
            "There is no such turn for this caller: never started, no longer kept, of another owner, "
                    + "or its conversation is gone."), //
    CALL_NOT_FOUND(404, "Call not found", "The turn has no such tool call that needs an approval."), //
    NOT_FOUND(404, "Not found", "Nothing is served under this path."), //
    METHOD_NOT_ALLOWED(405, "Method not allowed",
            "This path does not know the method; the header Allow lists those it knows."), //
    NOT_ACCEPTABLE(406, "Not acceptable", "The answer's media type is none of those in the header Accept."), //
    MESSAGE_ID_REUSED(409, "Message id reused",
            "The id, or the idempotency key, belongs to a message that came from another draft, or a batch is partly known."), //
    CONVERSATION_ID_REUSED(409, "Conversation id reused",
            "The id, or the idempotency key, belongs to a conversation that another request made."), //
    CONVERSATION_LIVE(409, "Conversation live", "Only a deleted conversation can be purged: delete it first."), //
    SESSION_ID_REUSED(409, "Session id reused",
            "The id, or the idempotency key, belongs to a session that another request made."), //
    TURN_ID_REUSED(409, "Turn id reused",
            "The id, or the idempotency key, belongs to a turn that another request started."), //
    TURN_IN_PROGRESS(409, "Turn in progress",
            "The conversation has an unfinished turn, which turnId names. Await its end or cancel it, then try again."), //
    TURN_FINISHED(409, "Turn finished", "The turn is over: nothing can be said to it any more."), //
    ALREADY_ANSWERED(409, "Already answered",
            "The tool call was answered before, in another way. The first answer counts."), //
    NOTHING_TO_REGENERATE(409, "Nothing to regenerate",
            "The conversation has no message of the user's that could be answered anew."), //
    TOO_MANY_SESSIONS(409, "Too many sessions",
            "The conversation has as many sessions as it can have: delete one first. /api/v1/info tells the limit."), //
    VERSION_CONFLICT(412, "Version conflict",
            "The version in If-Match no longer holds. Read the current state, whose version currentVersion tells, "
                    + "and decide anew."), //
    CONTENT_TOO_LARGE(413, "Content too large",
            "The body, or what it asks to write in one step, is larger than allowed; /api/v1/info tells the limits."), //
    URI_TOO_LONG(414, "URI too long", "The path and query are longer than the server reads."), //
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type",
            "The body must be application/json in UTF-8; a PATCH may also be application/merge-patch+json."), //
    REQUEST_HEADER_FIELDS_TOO_LARGE(431, "Request header fields too large",
            "The request's header is longer than the server reads."), //
    INTERNAL_ERROR(500, "Internal error",
            "Something is wrong in the service. Its log says more under the request's id."), //
    CONVERSATION_DAMAGED(500, "Conversation damaged",
            "What is stored of this conversation could not be read. It is kept aside; the others are fine."), //
    LOCK_TIMEOUT(503, "Lock timeout",
            "The conversation was busy for too long. Nothing was recorded; try again after Retry-After."), //
    STORAGE_UNAVAILABLE(503, "Storage unavailable",
            "The storage refuses. Nothing was recorded; try again after Retry-After."), //
    OUTCOME_UNKNOWN(503, "Outcome unknown",
            "The storage failed in the middle of the commit: it may be recorded, whole, or not at all. Repeat it with the same "
                    + "id or Idempotency-Key, or read before you repeat it.");

    private final int status;
    private final String title;
    private final String explanation;

    ProblemCode(int status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    /** The kind that a status alone tells; for a status with several, the most general one. */
    static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 403 -> FORBIDDEN_ORIGIN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> CONTENT_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 431 -> REQUEST_HEADER_FIELDS_TOO_LARGE;
            case 503 -> STORAGE_UNAVAILABLE;
            default -> status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
        };
    }

    static Optional<ProblemCode> ofCode(String code) {
        return Arrays.stream(values()).filter(candidate -> candidate.code().equals(code)).findFirst();
    }

    /** As it stands in the member {@code code}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String explanation() {
        return explanation;
    }
}
