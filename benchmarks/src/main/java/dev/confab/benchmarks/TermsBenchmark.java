package dev.confab.benchmarks;

import dev.confab.benchmarks.harness.Texts;
import dev.confab.domain.conversation.Terms;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The tokenizer, beside splitting at spaces. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TermsBenchmark {
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
