package dev.confab.adapter.web.trace;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a trace begins with the request that the current thread serves. Outside of such a request no trace begins.
 *
 * @param id of the trace, when a trusted proxy gave the request an id that can be one; otherwise the trace gets a random id
 */
public record TraceStart(Optional<String> id) {
    /** W3C Trace Context: 16 bytes that are not all zero. */
    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final ScopedValue<TraceStart> CURRENT = ScopedValue.newInstance();

    /** With this id if it can be a trace's. */
    static TraceStart of(Optional<String> id) {
        return new TraceStart(id.filter(text -> TRACE_ID.matcher(text).matches()));
    }

    public static Optional<TraceStart> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Runs the action, in which a trace may begin this way. */
    public <R, X extends Throwable> R call(ScopedValue.CallableOp<? extends R, X> action) throws X {
        return ScopedValue.where(CURRENT, this).call(action);
    }
}
