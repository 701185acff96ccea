package dev.confab.benchmarks.harness;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures contenders in turn: one round of each, then the next round, each round beginning with another of them. What the
 * machine does to one it so does to all, and the ratio of two figures of one round means something where the figures do not.
 */
public final class Rounds {
    private final String unit;
    private final Map<String, double[]> figures = new LinkedHashMap<>();

    private Rounds(String unit) {
        this.unit = unit;
    }

    /** @param warmups rounds that are not counted */
    public static Rounds run(String unit, int warmups, int rounds, List<Contender> contenders)
            throws IOException, InterruptedException {
        var result = new Rounds(unit);
        contenders.forEach(contender -> result.figures.put(contender.name(), new double[rounds]));
        for (int round = -warmups; round < rounds; round++) {
            for (int turn = 0; turn < contenders.size(); turn++) {
                Contender contender = contenders.get(Math.floorMod(round + turn, contenders.size()));
                double figure = contender.round().measure();
                if (round >= 0) {
                    result.of(contender.name())[round] = figure;
                }
            }
        }
        return result;
    }

    /** One contender's figures divided by another's of the same rounds. */
    public Figures ratio(String over, String under) {
        double[] above = of(over);
        double[] below = of(under);
        return new Figures(IntStream.range(0, above.length).mapToDouble(i -> above[i] / below[i]).toArray());
    }

    /** The figures of one contender, a round each. */
    public Figures figures(String name) {
        return new Figures(of(name));
    }

    private double[] of(String name) {
        double[] found = figures.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no contender " + name);
        }
        return found;
    }

    /** Prints every contender's figures, and the targets' ratios with their verdicts. */
    public void print(String title, List<Target> targets) {
        System.out.printf(Locale.ROOT, "%n%s%n  %-46s %s, median (quartiles)%n", title, "", unit);
        figures.forEach((name, values) -> System.out.printf(Locale.ROOT, "  %-46s %s%n", name,
                new Figures(values).summary("%.1f")));
        for (Target target : targets) {
            Figures ratio = ratio(target.over(), target.under());
            System.out.printf(Locale.ROOT, "  ratio %s / %s%n  %-46s %s  %s%n", target.over(), target.under(), "",
                    ratio.summary("%.2f"), target.verdict(ratio.median()));
        }
    }
}
