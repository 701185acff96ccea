package dev.confab.benchmarks;

import java.io.IOException;

/**
 * One of the things that are measured in turn.
 *
 * @param round does one round's work and returns its figure
 */
record Contender(String name, Round round) {

    @FunctionalInterface
    interface Round {
        double measure() throws IOException, InterruptedException;
    }

    /** A thing done again and again; its round's figure is the median time in microseconds. */
    static Contender timed(String name, int operations, Operation operation) {
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

    @FunctionalInterface
    interface Operation {
        void run() throws IOException, InterruptedException;
    }
}
