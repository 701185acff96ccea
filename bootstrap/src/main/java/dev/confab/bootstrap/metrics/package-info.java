/**
 * Measures the ports of any store: a proxy that times each call, and a counter of retries. Renaming a meter breaks dashboards. The
 * meters of one store are in that store's package.
 */
@NullMarked
package dev.confab.bootstrap.metrics;

import org.jspecify.annotations.NullMarked;
