/**
 * Puts the application together. {@link dev.confab.bootstrap.ConfabApplication} starts Spring Boot, which reads the settings, imports the
 * wiring of the selected store, and calls the {@code @Bean} methods here. They create the use cases over the store, the assistant beside
 * them and the HTTP API on top. Only this package and the ones below it know which adapters exist.
 *
 * <p>At shutdown Spring Boot stops the web server first ({@code Draining} and {@code EventStreams} in the web adapter prepare that). Then each
 * bean is closed before those that it uses: running turns and webhooks before the store, which is closed last.
 */
@NullMarked
package dev.confab.bootstrap;

import org.jspecify.annotations.NullMarked;
