/**
 * Measures the ports, by meters and, when traces are on, by spans: the calls of any store, its commits and retries, the runs of turns with
 * their assistant and tools, the deliveries of webhooks. Renaming a meter breaks dashboards. The meters of one store are in that store's
 * package.
 */
@NullMarked
package dev.confab.bootstrap.metrics;

import org.jspecify.annotations.NullMarked;
