package dev.confab.domain.statistics;

import java.util.Arrays;

/**
 * How long answers took: whole seconds below ten minutes, and whole minutes from there up to {@link Tally#PAUSE_SECONDS}, so that its size
 * does not depend on the number of answers. Not thread-safe.
 */
final class Delays {
    private static final int EXACT_SECONDS = 600;
    private static final int BUCKETS = EXACT_SECONDS + (Tally.PAUSE_SECONDS - EXACT_SECONDS) / 60;
    static final int WEIGHT = BUCKETS * Integer.BYTES;

    private final int[] counts = new int[BUCKETS];

    /** @param seconds 0..{@link Tally#PAUSE_SECONDS} - 1 */
    void add(int seconds) {
        counts[seconds < EXACT_SECONDS ? seconds : EXACT_SECONDS + (seconds - EXACT_SECONDS) / 60]++;
    }

    void addAll(Delays other) {
        Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
    }

    long count() {
        return Arrays.stream(counts).asLongStream().sum();
    }

    /** The middle one, or the mean of the two in the middle, in seconds; rounded down. There must be one. */
    long medianSeconds() {
        long count = count();
        return (seconds((count - 1) / 2) + seconds(count / 2)) / 2;
    }

    /** @param rank 0 for the shortest */
    private long seconds(long rank) {
        long before = 0;
        int bucket = 0;
        while (before + counts[bucket] <= rank) {
            before += counts[bucket];
            bucket++;
        }
        return bucket < EXACT_SECONDS ? bucket : EXACT_SECONDS + (bucket - EXACT_SECONDS) * 60L;
    }
}
