package dev.confab.benchmarks.harness;

import java.util.Arrays;
import java.util.Locale;

/** Measured values of one thing. */
public final class Figures {
    private final double[] sorted;

    /** @throws IllegalArgumentException when there are none */
    public Figures(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** Nanoseconds, kept as microseconds. */
    public static Figures ofNanosInMicros(long[] nanos) {
        return new Figures(Arrays.stream(nanos).mapToDouble(n -> n / 1e3).toArray());
    }

    /** The 50th percentile. */
    public double median() {
        return percentile(50);
    }

    /** The nearest-rank percentile. */
    public double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    /** The greatest. */
    public double max() {
        return sorted[sorted.length - 1];
    }

    /** The median, with the quartiles that say how much it is worth. */
    public String summary(String format) {
        return String.format(Locale.ROOT, format + "  (" + format + " .. " + format + ")", median(), percentile(25),
                percentile(75));
    }
}
