/**
 * What every benchmark here is made of: contenders that take turns ({@link dev.confab.benchmarks.harness.Rounds}), the
 * figures and targets they are judged by, clients, and a chat application's ids, texts and calls. Knows no store.
 */
@NullMarked
package dev.confab.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
