package dev.confab.adapter.web.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every kind of problem, with its status and the explanation on the page {@code /problems/<code>}. The slashes keep the formatter from
 * indenting each one under the one before.
 */
public enum ProblemCode {
    INVALID_REQUEST(400, "Invalid request",
            "The request is malformed: invalid JSON, a duplicate member, an unknown member or query parameter, "
                    + "a value of the wrong type or beyond its limit, text that is not well-formed UTF-8 or contains "
                    + "U+0000, or a malformed id. The detail names the place; for a body, the pointers in errors do too. "
                    + "The same request will fail again."), //
    INVALID_CURSOR(400, "Invalid cursor",
            "The cursor was not issued by this service, or was issued for another query or owner. Start at the "
                    + "first page."), //
    UNAUTHENTICATED(401, "Unauthenticated",
            "The call needs a valid bearer token in the header Authorization: an API key of this service, or a token of its "
                    + "issuer. If the call had a token, the header WWW-Authenticate names its error."), //
    INSUFFICIENT_SCOPE(403, "Insufficient scope",
            "The token is valid but lacks a scope: read for reading, write for changing, admin for managing the service, "
                    + "on-behalf for the header Confab-Owner. The header WWW-Authenticate names the missing scope."), //
    FORBIDDEN_ORIGIN(403, "Forbidden origin",
            "A web page of another origin, or under a foreign host name, may not use this service. The settings "
                    + "confab.cors.allowed-origins and confab.server.allowed-hosts list the allowed ones."), //
    CONVERSATION_NOT_FOUND(404, "Conversation not found",
            "The caller has no such conversation: it never existed, was deleted or purged, or belongs to "
                    + "another owner."), //
    MESSAGE_NOT_FOUND(404, "Message not found", "The conversation has no such message."), //
    SESSION_NOT_FOUND(404, "Session not found",
            "The caller has no such session: it never existed, was deleted, has expired, or belongs to another "
                    + "owner."), //
    TURN_NOT_FOUND(404, "Turn not found",
            "The caller has no such turn: it never existed, is no longer stored, belongs to another owner, or "
                    + "its conversation was removed."), //
    CALL_NOT_FOUND(404, "Call not found", "The turn has no such tool call that needs an approval."), //
    API_KEY_NOT_FOUND(404, "API key not found", "There is no API key with this id."), //
    IMPORT_NOT_FOUND(404, "Import not found",
            "The caller has no such import: it never existed, ended long ago, or belongs to another owner."), //
    WEBHOOK_NOT_FOUND(404, "Webhook not found",
            "The caller has no such webhook: it never existed, was deleted, or belongs to another owner."), //
    NOT_FOUND(404, "Not found", "Nothing is served under this path."), //
    METHOD_NOT_ALLOWED(405, "Method not allowed",
            "This path does not support the method; the header Allow lists the supported ones."), //
    NOT_ACCEPTABLE(406, "Not acceptable",
            "The header Accept excludes the media type of the response: application/json, or text/event-stream "
                    + "for a stream of events, or application/gzip for an export of the whole store, or text/html for a page about a problem."), //
    REQUEST_TIMEOUT(408, "Request timeout",
            "The body did not arrive, or arrived too slowly: see the setting confab.body.min-rate."), //
    MESSAGE_REMOVED(409, "Message removed", "The message was removed, so it has no content that could be changed."), //
    MESSAGE_ID_REUSED(409, "Message id reused",
            "The id, or the idempotency key, belongs to a message with other content, or only some messages of "
                    + "a batch were appended before."), //
    CONVERSATION_ID_REUSED(409, "Conversation id reused",
            "The id, or the idempotency key, belongs to a conversation that another request created."), //
    CONVERSATION_IN_BIN(409, "Conversation in the bin",
            "The id, or the idempotency key, belongs to a conversation of the caller that is in the bin. Restore it with "
                    + "POST /conversations/{id}/restore, or delete it permanently with DELETE /conversations/{id}?purge=true "
                    + "to use the id again; conversationId names it. An import with onConflict=new-id takes another id."), //
    CONVERSATION_LIVE(409, "Conversation live", "Only a deleted conversation can be purged: delete it first."), //
    CONTEXT_TOO_LARGE(409, "Context too large",
            "The system messages and the last message of the conversation have more tokens than maxTokens. Nothing is cut: ask for "
                    + "more tokens."), //
    SESSION_ID_REUSED(409, "Session id reused",
            "The id, or the idempotency key, belongs to a session that another request created."), //
    TURN_ID_REUSED(409, "Turn id reused",
            "The id, or the idempotency key, belongs to a turn that another request started."), //
    TURN_IN_PROGRESS(409, "Turn in progress",
            "The conversation has an unfinished turn, which turnId names. Wait for its end, or cancel it, then try again."), //
    QUEUE_FULL(409, "Queue full",
            "As many turns wait in the conversation as /api/v1/info allows. Wait until one begins, or cancel one."), //
    TURN_FINISHED(409, "Turn finished", "The turn has ended: it accepts no more requests."), //
    ALREADY_ANSWERED(409, "Already answered",
            "The tool call was answered before, with another decision. The first answer counts."), //
    NOTHING_TO_REGENERATE(409, "Nothing to regenerate",
            "The conversation has no message of the user to answer again."), //
    TOO_MANY_SESSIONS(409, "Too many sessions",
            "The conversation has as many sessions as /api/v1/info allows: delete one first."), //
    TOO_MANY_API_KEYS(409, "Too many API keys",
            "As many API keys exist as the service can store, those included that were revoked or have expired."), //
    WEBHOOK_ID_REUSED(409, "Webhook id reused",
            "The idempotency key belongs to a webhook that another request created."), //
    TOO_MANY_WEBHOOKS(409, "Too many webhooks",
            "The owner has as many webhooks as an owner may have, those included that are disabled: delete one first."), //
    IMPORT_ID_REUSED(409, "Import id reused",
            "The idempotency key belongs to an import that another request created."), //
    TOO_MANY_IMPORTS(409, "Too many imports",
            "As many imports of the owner wait or run as an owner may have: wait for the end of one, or cancel one."), //
    OWNER_ERASED(409, "Owner erased",
            "Everything that the owner had was erased while this request was under way. Nothing of it was written. A request that "
                    + "begins now is served."), //
    BACKUP_UNAVAILABLE(409, "Backup unavailable",
            "This server makes no backups: on files, the setting confab.file.backup-directory is missing; PostgreSQL is backed "
                    + "up with its own tools."), //
    VERSION_CONFLICT(412, "Version conflict",
            "The version in If-Match is not the current one, which currentVersion names. Read the current state "
                    + "and decide again."), //
    CONTENT_TOO_LARGE(413, "Content too large",
            "The body, or the write that it asks for, is larger than the limits that /api/v1/info lists."), //
    URI_TOO_LONG(414, "URI too long", "The path and query are longer than the server accepts."), //
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type",
            "The body must be application/json in UTF-8; a PATCH may also be application/merge-patch+json, and an import of the "
                    + "whole store must be application/gzip."), //
    IMPORT_REJECTED(422, "Import rejected",
            "Nothing of the file can be imported: it is in none of the formats that were looked for, is empty or damaged, or leaves open "
                    + "what the member parameter names. Nothing was stored."), //
    QUOTA_EXCEEDED(413, "Quota exceeded",
            "The write would exceed a quota of the owner. The member quota names the quota, limit is its size, and used is the "
                    + "owner's usage, the bin included. GET /api/v1/usage shows all quotas. Nothing was written. Delete conversations "
                    + "permanently, truncate one, or ask for a higher limit; waiting does not help."), //
    RATE_LIMITED(429, "Rate limited",
            "The owner has made more requests than the rate allows; see the header RateLimit-Policy. Nothing was done; try "
                    + "again after Retry-After."), //
    STREAMS_LIMITED(429, "Streams limited",
            "The owner has as many open event streams as the limit allows. Close one, or try again after Retry-After."), //
    TURNS_LIMITED(429, "Turns limited",
            "The owner has as many running turns as the limit allows. Nothing was written; try again after Retry-After."), //
    REQUEST_HEADER_FIELDS_TOO_LARGE(431, "Request header fields too large",
            "The request's headers are larger than the server accepts."), //
    INTERNAL_ERROR(500, "Internal error",
            "The service failed unexpectedly. Its log has the details under the request's id."), //
    CONVERSATION_DAMAGED(500, "Conversation damaged",
            "The stored data of this conversation cannot be read. It is kept aside; other conversations are not "
                    + "affected."), //
    NOT_IMPLEMENTED(501, "Not implemented",
            "The service does not support this method, such as CONNECT, or the Transfer-Encoding."), //
    HTTP_VERSION_NOT_SUPPORTED(505, "HTTP version not supported", "The service supports HTTP/1.1 and HTTP/1.0."), //
    LOCK_TIMEOUT(503, "Lock timeout",
            "The conversation was busy for too long. Nothing was written; try again after Retry-After."), //
    TOO_MANY_STREAMS(503, "Too many streams",
            "As many event streams are open as the service may have. Try again after Retry-After. The setting "
                    + "confab.streams.max is the limit."), //
    STORAGE_UNAVAILABLE(503, "Storage unavailable",
            "The storage is unavailable. Nothing was written; try again after Retry-After."), //
    ISSUER_UNAVAILABLE(503, "Issuer unavailable",
            "The token names a key that this service does not have, and the issuer's keys cannot be fetched at the moment. "
                    + "Nothing was written; try again after Retry-After."), //
    OVERLOADED(503, "Overloaded",
            "The server is serving as much as its memory allows. Nothing was written; try again after Retry-After."), //
    TOO_MANY_TURNS(503, "Too many turns",
            "As many turns run on this server as it allows. Nothing was written; try again after Retry-After."), //
    OUTCOME_UNKNOWN(503, "Outcome unknown",
            "The storage failed during the commit, which was written as a whole or not at all. Repeat the "
                    + "request with the same id or Idempotency-Key, or read the current state first.");

    private final int status;
    private final String title;
    private final String explanation;

    ProblemCode(int status, String title, String explanation) {
        this.status = status;
        this.title = title;
        this.explanation = explanation;
    }

    /** The kind of a status; for a status with several, the most general one. */
    static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN_ORIGIN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> CONTENT_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> RATE_LIMITED;
            case 431 -> REQUEST_HEADER_FIELDS_TOO_LARGE;
            case 501 -> NOT_IMPLEMENTED;
            case 503 -> STORAGE_UNAVAILABLE;
            case 505 -> HTTP_VERSION_NOT_SUPPORTED;
            default -> status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
        };
    }

    static Optional<ProblemCode> ofCode(String code) {
        return Arrays.stream(values()).filter(candidate -> candidate.code().equals(code)).findFirst();
    }

    /** The value of the member {@code code}. */
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
