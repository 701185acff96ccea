/**
 * The code that the benchmarks share. {@link dev.confab.benchmarks.harness.Rounds} measures contenders in turn and prints their figures and
 * targets; {@link dev.confab.benchmarks.harness.Load} runs concurrent clients; {@link dev.confab.benchmarks.harness.Chat} and
 * {@link dev.confab.benchmarks.harness.Drafts} make the calls, ids and texts of a chat application, and
 * {@link dev.confab.benchmarks.harness.HttpApi} calls a server. This package does not depend on any store.
 */
@NullMarked
package dev.confab.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
