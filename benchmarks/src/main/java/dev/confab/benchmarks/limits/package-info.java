/**
 * Measurements of a running server's limits: the heap of an idle event stream and of a request's body, what happens when more streams
 * and turns are asked for than it allows, and an owner's requests beside those of another one past the rate.
 */
@NullMarked
package dev.confab.benchmarks.limits;

import org.jspecify.annotations.NullMarked;
