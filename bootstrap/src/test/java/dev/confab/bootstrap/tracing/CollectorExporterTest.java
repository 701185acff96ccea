package dev.confab.bootstrap.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CollectorExporterTest {

    /** A collector whose answers the test chooses. */
    private static final class Told implements SpanExporter {
        private final List<SpanData> spans = new ArrayList<>();
        private boolean refuses;

        @Override
        public CompletableResultCode export(Collection<SpanData> exported) {
            spans.addAll(exported);
            return refuses
                    ? CompletableResultCode.ofExceptionalFailure(
                            new IllegalStateException("wrapper", new IOException("refused")))
                    : CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private final Told collector = new Told();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(
                    SimpleSpanProcessor.create(new CollectorExporter(collector, "http://collector/v1/traces")))
            .build();

    private void endSpan() {
        provider.get("test").spanBuilder("call").startSpan().setAttribute("call", "find")
                .recordException(new IllegalStateException("private")).setStatus(StatusCode.ERROR, "private").end();
    }

    @Test
    void the_texts_of_a_failure_do_not_leave() {
        endSpan();

        assertThat(collector.spans).singleElement().satisfies(span -> {
            assertThat(span.getName()).isEqualTo("call");
            assertThat(span.getAttributes().asMap()).hasSize(1);
            assertThat(span.getEvents()).isEmpty();
            assertThat(span.getTotalRecordedEvents()).isZero();
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getStatus().getDescription()).isEmpty();
        });
    }

    @Test
    void a_collector_that_refuses_is_reported_once_and_so_is_its_recovery(CapturedOutput output) {
        collector.refuses = true;
        endSpan();
        endSpan();
        endSpan();
        collector.refuses = false;
        endSpan();
        endSpan();

        assertThat(output.getAll().lines().filter(line -> line.contains("http://collector/v1/traces")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("WARN",
                                "does not accept spans: java.io.IOException: refused"),
                        line -> assertThat(line).contains("INFO", "accepts spans again; 3 were dropped"));
    }
}
