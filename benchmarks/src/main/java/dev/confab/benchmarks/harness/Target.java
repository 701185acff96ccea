package dev.confab.benchmarks.harness;

import java.util.Locale;

/** A bound for a ratio: the figure of {@code over} divided by that of {@code under}, both of the same round. */
public record Target(String over, String under, Bound bound) {

    /** The kinds of bounds. */
    public sealed interface Bound {
    }

    public record AtMost(double limit) implements Bound {
    }

    public record AtLeast(double limit) implements Bound {
    }

    /** No bound; the ratio is printed for information. */
    public record ForInformation() implements Bound {
    }

    /** The bound, and whether the ratio meets it. */
    public String verdict(double ratio) {
        return switch (bound) {
            case AtMost(double limit) -> verdict("<=", limit, ratio <= limit);
            case AtLeast(double limit) -> verdict(">=", limit, ratio >= limit);
            case ForInformation() -> "no target";
        };
    }

    private static String verdict(String relation, double limit, boolean met) {
        return String.format(Locale.ROOT, "target %s %.2f: %s", relation, limit, met ? "met" : "MISSED");
    }
}
