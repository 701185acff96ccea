/**
 * Measures the ports of any store: decorators that time each call, and a counter of retries. The meters of one store are in that
 * store's package.
 *
 * <p>The documentation lists the names of the meters; renaming one breaks dashboards. A decorator here must not change what a
 * call does.
 */
@NullMarked
package dev.confab.bootstrap.metrics;

import org.jspecify.annotations.NullMarked;
