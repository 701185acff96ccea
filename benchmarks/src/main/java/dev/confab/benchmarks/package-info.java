/**
 * What the file store and the HTTP API cost, each beside the physical limit or beside nothing at all, in one run.
 *
 * <p>The machine is shared and its disk has moods, so only ratios are compared: contenders take turns round by round in one
 * process ({@link dev.confab.benchmarks.harness.Rounds}), and medians are printed with their quartiles and the target. What costs no
 * I/O is measured with JMH. What must not live here: anything that the product needs.
 */
@NullMarked
package dev.confab.benchmarks;

import org.jspecify.annotations.NullMarked;
