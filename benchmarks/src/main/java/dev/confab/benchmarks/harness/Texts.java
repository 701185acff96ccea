package dev.confab.benchmarks.harness;

import java.util.random.RandomGenerator;

/** Texts of invented words: as in real texts, a few are frequent and most are rare. They need no JSON escapes. */
public final class Texts {
    private static final int VOCABULARY = 50_000;
    private static final String[] SYLLABLES = {"ba", "con", "de", "fa", "gra", "hi", "ju", "ka", "lo", "mer", "ni",
            "os", "pre", "qui", "ra", "sta", "tem", "un", "vo", "wex", "yl", "zo"};

    private Texts() {
    }

    /** So many words, separated by spaces. */
    public static String text(RandomGenerator random, int words) {
        var text = new StringBuilder(words * 8);
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(word((int) (VOCABULARY * Math.pow(random.nextDouble(), 4))));
        }
        return text.toString();
    }

    /** @param rank 0 is the most frequent word, {@code VOCABULARY - 1} a rare one */
    public static String word(int rank) {
        var word = new StringBuilder();
        for (int rest = rank + SYLLABLES.length; rest > 0; rest /= SYLLABLES.length) {
            word.append(SYLLABLES[rest % SYLLABLES.length]);
        }
        return word.toString();
    }
}
