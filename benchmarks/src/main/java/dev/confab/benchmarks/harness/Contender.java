package dev.confab.benchmarks.harness;

import java.io.IOException;

/**
 * One of the things that are measured in turn.
 *
 * @param round does one round's work and returns its figure
 */
public record Contender(String name, Round round) {

    /** Measures once. */
    @FunctionalInterface
    public interface Round {
        double measure() throws IOException, InterruptedException;
    }

    /** A thing done again and again; its round's figure is the median time in microseconds. */
    public static Contender timed(String name, int operations, Operation operation) {
        return new Contender(name, () -> {
            long[] nanos = new long[operations];
            for (int i = 0; i < operations; i++) {
                long start = System.nanoTime();
                operation.run();
                nanos[i] = System.nanoTime() - start;
            }
            return Figures.ofNanosInMicros(nanos).median();
        });
    }

    /** What is done again and again. */
    @FunctionalInterface
    public interface Operation {
        void run() throws IOException, InterruptedException;
    }
}
