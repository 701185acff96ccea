package dev.confab.benchmarks;

import dev.confab.benchmarks.harness.Texts;
import dev.confab.domain.terms.Terms;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;

/** The tokenizer, compared with splitting at spaces. */
public class TermsBenchmark extends Microbenchmark {
    private final String text = Texts.text(new SplittableRandom(1), 200);

    @Benchmark
    public SequencedSet<String> terms_of_200_words() {
        return Terms.of(text);
    }

    @Benchmark
    public String[] bare_split_of_200_words() {
        return text.split(" ", -1);
    }
}
