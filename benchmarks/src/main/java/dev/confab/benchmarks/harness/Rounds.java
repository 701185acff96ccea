package dev.confab.benchmarks.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Measures contenders in turn: in each round every contender once, starting with another one each time. Other work on the machine affects all
 * contenders of a round alike, so the ratio of two figures of one round is reliable even when the figures are not.
 */
public final class Rounds {
    private final String unit;
    private final Map<String, double[]> figures = new LinkedHashMap<>();

    private Rounds(String unit) {
        this.unit = unit;
    }

    /** @param warmups rounds that do not count */
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

    /** Prints every contender's figures, then each target's ratio with its verdict, and the machine's load average. */
    public void print(String title, List<Target> targets) {
        System.out.printf(Locale.ROOT, "%n%s%n  %-46s %s, median (quartiles)%n", title, "", unit);
        figures.forEach((name, values) -> System.out.printf(Locale.ROOT, "  %-46s %s%n", name,
                new Figures(values).summary("%,.1f")));
        for (Target target : targets) {
            Figures ratio = ratio(target.over(), target.under());
            System.out.printf(Locale.ROOT, "  ratio %s / %s%n  %-46s %s  %s%n", target.over(), target.under(), "",
                    ratio.summary("%.2f"), target.verdict(ratio.median()));
        }
        printLoad();
    }

    /** Prints the machine's load average over the last minute, because other work affects every figure. */
    public static void printLoad() {
        System.out.printf(Locale.ROOT, "  load average %.1f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** One contender's figures divided by another's of the same rounds. */
    private Figures ratio(String over, String under) {
        double[] above = of(over);
        double[] below = of(under);
        return new Figures(IntStream.range(0, above.length).mapToDouble(i -> above[i] / below[i]).toArray());
    }

    private double[] of(String name) {
        return Objects.requireNonNull(figures.get(name), name);
    }
}
