package dev.confab.bootstrap.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans on to the collector, without the texts that a failure brings into a span. Logs one line when the collector stops accepting
 * spans, and one when it accepts them again; the SDK would log a stack trace for each of the first failures, and one a minute afterwards.
 */
final class CollectorExporter implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(CollectorExporter.class);
    private final SpanExporter exporter;
    private final String collector;
    /** How many spans the collector has not accepted in a row. Guarded by this. */
    private long lost;

    /** @param collector its address, for the log */
    CollectorExporter(SpanExporter exporter, String collector) {
        this.exporter = exporter;
        this.collector = collector;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var sent = exporter.export(spans.stream().<SpanData>map(WithoutTexts::new).toList());
        return sent.whenComplete(() -> report(sent, spans.size()));
    }

    private synchronized void report(CompletableResultCode sent, int spans) {
        if (sent.isSuccess()) {
            if (lost > 0) {
                LOG.info("The collector {} accepts spans again; {} were dropped since it stopped", collector, lost);
            }
            lost = 0;
            return;
        }
        if (lost == 0) {
            LOG.warn("The collector {} does not accept spans: {}. Spans are dropped until it does, and requests go on."
                    + " Check confab.tracing.endpoint and the collector; logging.level.io.opentelemetry=WARN shows each failure",
                    collector, reason(sent));
        }
        lost += spans;
    }

    /** The SDK wraps what failed several times, and keeps the status of an answer to itself. */
    private static String reason(CompletableResultCode sent) {
        return Stream.iterate(sent.getFailureThrowable(), Objects::nonNull, Throwable::getCause)
                .filter(IOException.class::isInstance).findFirst().map(Throwable::toString)
                .orElse("it answers with an error");
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    /**
     * A span without events and without a description of its status. The bridge fills both with the message and the stack trace of an
     * exception, which may quote a request.
     */
    private static final class WithoutTexts extends DelegatingSpanData {
        private final StatusData status;

        WithoutTexts(SpanData span) {
            super(span);
            this.status = StatusData.create(span.getStatus().getStatusCode(), "");
        }

        @Override
        public StatusData getStatus() {
            return status;
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public int getTotalRecordedEvents() {
            return 0;
        }
    }
}
