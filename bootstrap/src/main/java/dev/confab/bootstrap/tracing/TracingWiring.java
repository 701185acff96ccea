package dev.confab.bootstrap.tracing;

import dev.confab.adapter.web.trace.CurrentTrace;
import dev.confab.bootstrap.settings.ConfabSettings;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SdkTracerProviderBuilderCustomizer;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Confab's part of the traces that Spring Boot configures. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnTracing.class)
public class TracingWiring {

    @Bean
    OtlpTracingConnectionDetails collector(ConfabSettings settings) {
        String endpoint = endpoint(settings);
        return _ -> endpoint;
    }

    @Bean
    SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters, ConfabSettings settings) {
        return SpanExporters.of(exporters.orderedStream()
                .map(exporter -> new CollectorExporter(exporter, endpoint(settings))).toList());
    }

    private static String endpoint(ConfabSettings settings) {
        return settings.tracing().endpoint().orElseThrow();
    }

    /** Of a request whose trace a trusted proxy names, the proxy says whether it is recorded. */
    @Bean
    Sampler sampler(ConfabSettings settings) {
        return Sampler.parentBased(new RequestSampler(settings.tracing().sampling()));
    }

    @Bean
    SdkTracerProviderBuilderCustomizer requestTraceIds() {
        return provider -> provider.setIdGenerator(new RequestTraceIds());
    }

    @Bean
    CurrentTrace currentTrace(Tracer tracer) {
        return () -> Optional.ofNullable(tracer.currentSpan()).map(span -> span.context().traceId());
    }
}
