package dev.confab.domain.statistics;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts how often each text is used. Of more different texts than it may hold, those that come first are
 * counted. Not thread-safe. */
final class UseCounts {
    private static final Comparator<Map.Entry<String, Long>> MOST_FIRST = Map.Entry
            .<String, Long>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey());

    private final int most;
    private final Map<String, Long> counts = new LinkedHashMap<>();

    UseCounts(int most) {
        this.most = most;
    }

    void add(String text) {
        add(text, 1);
    }

    private void add(String text, long more) {
        if (counts.size() < most || counts.containsKey(text)) {
            counts.merge(text, more, Long::sum);
        }
    }

    void addAll(UseCounts other) {
        other.counts.forEach(this::add);
    }

    /** Those that are used most, in the order of {@link #sorted}. */
    UseCounts top(int number) {
        var top = new UseCounts(number);
        sorted().stream().limit(number).forEach(entry -> top.counts.put(entry.getKey(), entry.getValue()));
        return top;
    }

    /** The most used first; of equally used ones in the order of their characters. */
    List<Map.Entry<String, Long>> sorted() {
        return counts.entrySet().stream().sorted(MOST_FIRST).toList();
    }

    /** About how many bytes of memory it takes. */
    int weight() {
        return counts.size() * 120;
    }
}
