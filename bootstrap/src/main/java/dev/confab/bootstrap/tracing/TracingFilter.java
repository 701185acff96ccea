package dev.confab.bootstrap.tracing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out what Spring Boot would configure of OpenTelemetry: all of it when traces are off, and the export of logs always. Spring Boot's
 * own switch, {@code management.tracing.export.enabled}, would only leave out the exporter: every request would still have a span, and a
 * thread would wait for spans to send. So would {@code management.opentelemetry.enabled} for the spans.
 */
final class TracingFilter implements AutoConfigurationImportFilter, EnvironmentAware {
    private static final String LOGS = "org.springframework.boot.opentelemetry.autoconfigure.logging.";
    private static final List<String> ALL = List.of("org.springframework.boot.opentelemetry.",
            "org.springframework.boot.micrometer.tracing.");
    private List<String> leftOut = ALL;

    @Override
    public void setEnvironment(Environment environment) {
        leftOut = OnTracing.isOn(environment) ? List.of(LOGS) : ALL;
    }

    /** The names are null at places that another filter has cleared. */
    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        var matches = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = String.valueOf(classes[i]);
            matches[i] = leftOut.stream().noneMatch(name::startsWith);
        }
        return matches;
    }
}
