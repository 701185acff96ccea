package dev.confab.bootstrap.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.trace.CurrentTrace;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces are off unless they are asked for, and then nothing of them is there. */
class TracesOffTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    Path directory;

    @AutoClose
    private final Collector collector = Collector.start();

    TracesOffTest() throws Exception {
    }

    /** The endpoint of Spring Boot and of the SDK's environment variables turns nothing on. */
    @ParameterizedTest
    @ValueSource(strings = {"--confab.tracing.sampling=1", "--confab.tracing.endpoint=",
            "--management.opentelemetry.tracing.export.otlp.endpoint="})
    void there_is_no_tracer_no_exporter_and_no_thread(String argument) throws Exception {
        String given = argument.startsWith("--management") ? argument + collector.endpoint() : argument;
        var before = threads();
        try (var confab = Confab.start(directory, given, "--confab.server.trusted-proxies=127.0.0.1")) {
            var answer = confab.get(Confab.API + "/conversations", "traceparent",
                    "00-" + TRACE + "-00f067aa0ba902b7-01");

            for (Class<?> type : List.of(Tracer.class, OpenTelemetry.class, SpanExporter.class,
                    SdkLoggerProvider.class, CurrentTrace.class)) {
                assertThat(confab.context().getBeanNamesForType(type)).as(type.getName()).isEmpty();
            }
            assertThat(names(before)).noneMatch(name -> name.matches("(?i).*(Batch.*Processor|jdkhttp|otlp).*"));
            assertThat(answer.requestId()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
        }
        assertThat(collector.all()).isEmpty();
    }

    @Test
    void traces_bring_no_other_export() throws Exception {
        var before = threads();
        try (var confab = Confab.traced(directory, collector)) {
            confab.newConversation();

            assertThat(confab.context().getBeansOfType(MeterRegistry.class).values())
                    .hasOnlyElementsOfType(PrometheusMeterRegistry.class);
            assertThat(confab.context().getBeanNamesForType(SdkLoggerProvider.class)).isEmpty();
            assertThat(names(before)).noneMatch(name -> name.contains("BatchLog"))
                    .anyMatch(name -> name.contains("BatchSpanProcessor"));
            assertThat(confab.get("/actuator/prometheus").status()).isEqualTo(200);
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Of the threads that began since then. */
    private static List<String> names(Set<Thread> before) {
        return threads().stream().filter(thread -> !before.contains(thread)).map(Thread::getName).toList();
    }
}
