/**
 * Measures the ports: decorators that time the calls of a store and an observer for each store.
 *
 * <p>The names stand in the README; whoever renames a meter breaks somebody's dashboard. What must not live here: anything that
 * changes what a call does.
 */
@NullMarked
package dev.confab.bootstrap.metrics;

import org.jspecify.annotations.NullMarked;
