/**
 * Benchmarks against the physical limit.
 */
@NullMarked
package dev.confab.benchmarks;

import org.jspecify.annotations.NullMarked;
