package dev.confab.adapter.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id that a request's response, problem and log lines share. */
public final class RequestIds {
    public static final String HEADER = "X-Request-Id";
    /** Of W3C Trace Context. While traces are on, only requests of trusted proxies have it when they arrive here. */
    public static final String TRACE_HEADER = "traceparent";
    private static final String ATTRIBUTE = RequestIds.class.getName();
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestIds() {
    }

    /** As {@link #of(HttpServletRequest, Optional)}, for a request outside of a trace. */
    public static String of(HttpServletRequest request) {
        return of(request, Optional.empty());
    }

    /**
     * Always the same for the same request. In this order: the trace's id if a proxy named the trace, the client's id if it is well-formed,
     * the trace's id, a random one.
     *
     * @param trace the id of the trace that the request belongs to
     */
    public static String of(HttpServletRequest request, Optional<String> trace) {
        return known(request).orElseGet(() -> {
            String id = trace.filter(_ -> request.getHeader(TRACE_HEADER) != null).or(() -> asked(request))
                    .or(() -> trace).orElseGet(RequestIds::make);
            request.setAttribute(ATTRIBUTE, id);
            return id;
        });
    }

    /** The id that the request has already; empty before the first call of {@link #of(HttpServletRequest, Optional)}. */
    public static Optional<String> known(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? Optional.of(id) : Optional.empty();
    }

    private static Optional<String> asked(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(HEADER)).filter(id -> ACCEPTED.matcher(id).matches());
    }

    private static String make() {
        var random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }
}
