package dev.confab.adapter.web.problem;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JsonPointer;

/** Ends a request with a problem (RFC 9457). */
public final class ProblemException extends ErrorResponseException {
    private static final long serialVersionUID = 1L;
    private final ProblemCode code;

    public ProblemException(ProblemCode code, String detail) {
        this(code, code.status(), detail);
    }

    private ProblemException(ProblemCode code, int status, String detail) {
        super(HttpStatusCode.valueOf(status), ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail),
                null);
        this.code = code;
        setType(URI.create("/problems/" + code.code()));
        setTitle(code.title());
        getBody().setProperty("code", code.code());
    }

    /** A wrong place of the body. */
    record PlaceError(String pointer, String detail) {
    }

    /** A problem of which only the status is known. */
    public static ProblemException ofStatus(int status) {
        ProblemCode code = ProblemCode.ofStatus(status);
        return new ProblemException(code, status, code.explanation());
    }

    /** A request that is wrong as a whole, or in its path, query or headers, which the detail names. */
    public static ProblemException invalid(String detail) {
        return new ProblemException(ProblemCode.INVALID_REQUEST, detail);
    }

    /** A request whose body is wrong at a place. */
    public static ProblemException invalid(JsonPointer at, String reason) {
        return invalid(fragment(at) + " " + reason).at(at, reason);
    }

    /**
     * A request that may succeed later.
     *
     * @param repeatable whether certainly nothing was recorded
     * @param retryAfter how long a client should wait
     */
    public static ProblemException later(ProblemCode code, String detail, boolean repeatable, Duration retryAfter) {
        return new ProblemException(code, detail).with("repeatable", repeatable).withRetryAfter(retryAfter);
    }

    /**
     * A request beyond a limit of its owner, which may succeed later; nothing was recorded.
     *
     * @param limit the number that the owner may have
     * @param retryAfter how long a client should wait
     */
    public static ProblemException limited(ProblemCode code, String detail, int limit, Duration retryAfter) {
        return new ProblemException(code, detail).with("limit", limit).withRetryAfter(retryAfter);
    }

    /** In whole seconds, rounded up, and at least one. */
    private ProblemException withRetryAfter(Duration wait) {
        return withHeader("Retry-After", Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds())));
    }

    /** A JSON pointer in its URI fragment form (RFC 6901, section 6). A lone surrogate, which UTF-8 cannot encode, is shown as U+FFFD. */
    public static String fragment(JsonPointer at) {
        String text = at.toString().codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return "#" + UriUtils.encodeFragment(text, StandardCharsets.UTF_8);
    }

    ProblemException at(JsonPointer place, String reason) {
        return with("errors", List.of(new PlaceError(fragment(place), reason)));
    }

    ProblemException with(String property, Object value) {
        getBody().setProperty(property, value);
        return this;
    }

    public ProblemException withHeader(String name, String value) {
        getHeaders().set(name, value);
        return this;
    }

    public ProblemCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(getBody().getDetail());
    }
}
