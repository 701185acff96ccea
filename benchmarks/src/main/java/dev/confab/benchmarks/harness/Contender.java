package dev.confab.benchmarks.harness;

import java.io.IOException;

/**
 * One of the things that {@link Rounds} compares.
 *
 * @param round runs one round and returns its figure
 */
public record Contender(String name, Round round) {

    /** One measurement. */
    @FunctionalInterface
    public interface Round {
        double measure() throws IOException, InterruptedException;
    }
}
