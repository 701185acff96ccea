package dev.confab.bootstrap.tracing;

import dev.confab.adapter.web.trace.TraceStart;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Decides about traces that begin here. They begin with requests: what a server does by itself every few seconds, such as the sweep of
 * sessions, would drown them.
 */
final class RequestSampler implements Sampler {
    private final Sampler ratio;

    /** @param part of the requests that is recorded */
    RequestSampler(double part) {
        this.ratio = Sampler.traceIdRatioBased(part);
    }

    @Override
    public SamplingResult shouldSample(Context parent, String traceId, String name, SpanKind kind,
            Attributes attributes, List<LinkData> links) {
        return TraceStart.current().isPresent()
                ? ratio.shouldSample(parent, traceId, name, kind, attributes, links)
                : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
        return "requests, " + ratio.getDescription();
    }
}
