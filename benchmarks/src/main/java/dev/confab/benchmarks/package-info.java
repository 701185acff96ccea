/**
 * Measures the file store and the HTTP API. {@link dev.confab.benchmarks.Benchmarks} starts the benchmark that its first argument names.
 *
 * <p>Each benchmark compares with the physical limit, or with a request that does nothing, in the same run: the machine is shared and the speed of
 * its disk varies, so only ratios are judged. Contenders are measured in turn ({@link dev.confab.benchmarks.harness.Rounds}), and medians are
 * printed with their quartiles and the target. Code without I/O is measured with JMH. The product does not use this module.
 */
@NullMarked
package dev.confab.benchmarks;

import org.jspecify.annotations.NullMarked;
