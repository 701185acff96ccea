package dev.confab.benchmarks.harness;

import java.io.IOException;

/** An operation that a benchmark times. */
@FunctionalInterface
public interface TimedOperation {
    void run() throws IOException, InterruptedException;
}
