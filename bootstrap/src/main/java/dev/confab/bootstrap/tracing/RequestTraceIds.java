package dev.confab.bootstrap.tracing;

import dev.confab.adapter.web.trace.TraceStart;
import io.opentelemetry.sdk.trace.IdGenerator;

/** Random ids, but a trace that begins with a request to which a trusted proxy gave an id has that id. */
final class RequestTraceIds implements IdGenerator {
    private final IdGenerator random = IdGenerator.random();

    @Override
    public String generateTraceId() {
        return TraceStart.current().flatMap(TraceStart::id).orElseGet(random::generateTraceId);
    }

    @Override
    public String generateSpanId() {
        return random.generateSpanId();
    }
}
