/**
 * Records traces and sends them to a collector by OTLP, when {@code confab.tracing.endpoint} is set. The rest is Spring Boot's: Micrometer
 * Tracing over the SDK of OpenTelemetry. What is measured by spans is in {@link dev.confab.bootstrap.metrics}, and for requests in the web
 * adapter.
 *
 * <p>{@link dev.confab.bootstrap.tracing.TracingFilter} leaves Spring Boot's part out when traces are off, so that nothing of it is made: no
 * span, no thread, no exporter. {@link dev.confab.bootstrap.tracing.TracingWiring} says which requests are recorded, with which id, and
 * what leaves the process.
 */
@NullMarked
package dev.confab.bootstrap.tracing;

import org.jspecify.annotations.NullMarked;
