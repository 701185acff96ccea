package dev.confab.benchmarks.harness;

import java.util.Locale;

/** A ratio that must be reached: {@code over}'s figure divided by {@code under}'s, of the same round. */
public record Target(String over, String under, Bound bound) {

    /** What the ratio is held against. */
    public sealed interface Bound {
    }

    /** The less, the better. */
    public record AtMost(double limit) implements Bound {
    }

    /** The more, the better. */
    public record AtLeast(double limit) implements Bound {
    }

    /** No bound was set; the ratio is for the reader. */
    public record ForInformation() implements Bound {
    }

    /** The bound, and whether the ratio keeps it. */
    public String verdict(double ratio) {
        return switch (bound) {
            case AtMost(double limit) -> String.format(Locale.ROOT, "target <= %.2f: %s", limit, said(ratio <= limit));
            case AtLeast(double limit) -> String.format(Locale.ROOT, "target >= %.2f: %s", limit, said(ratio >= limit));
            case ForInformation() -> "no target";
        };
    }

    private static String said(boolean met) {
        return met ? "met" : "MISSED";
    }
}
