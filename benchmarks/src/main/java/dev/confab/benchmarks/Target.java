package dev.confab.benchmarks;

import java.util.Locale;

/** A ratio that must be reached: {@code over}'s figure divided by {@code under}'s, of the same round. */
record Target(String over, String under, Bound bound) {

    sealed interface Bound {
    }

    record AtMost(double limit) implements Bound {
    }

    record AtLeast(double limit) implements Bound {
    }

    /** No bound was set; the ratio is for the reader. */
    record ForInformation() implements Bound {
    }

    String verdict(double ratio) {
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
