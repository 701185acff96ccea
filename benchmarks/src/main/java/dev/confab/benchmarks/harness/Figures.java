package dev.confab.benchmarks.harness;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** Measured values of one kind. */
public final class Figures {
    private final double[] sorted;

    /** @throws IllegalArgumentException if there are no values */
    public Figures(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** Converts nanoseconds to microseconds. */
    public static Figures ofNanosInMicros(long[] nanos) {
        return new Figures(Arrays.stream(nanos).mapToDouble(n -> n / 1e3).toArray());
    }

    /** Times each of so many runs of an operation, in microseconds. */
    public static Figures timed(int runs, TimedOperation operation) throws IOException, InterruptedException {
        long[] nanos = new long[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            operation.run();
            nanos[i] = System.nanoTime() - start;
        }
        return ofNanosInMicros(nanos);
    }

    public double median() {
        return percentile(50);
    }

    /** The nearest-rank percentile. */
    public double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    public double max() {
        return percentile(100);
    }

    /** The median with the quartiles, which show how reliable it is. */
    public String summary(String format) {
        return String.format(Locale.ROOT, format + "  (" + format + " .. " + format + ")", median(), percentile(25),
                percentile(75));
    }
}
