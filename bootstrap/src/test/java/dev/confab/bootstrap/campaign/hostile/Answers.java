package dev.confab.bootstrap.campaign.hostile;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each kind of request had each answer. */
final class Answers {
    private final Map<String, Map<String, LongAdder>> counts = new ConcurrentSkipListMap<>();

    void count(String kind, String answer) {
        counts.computeIfAbsent(kind, _ -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(answer, _ -> new LongAdder()).increment();
    }

    /** How many answers begin so, of any kind. */
    long all(String start) {
        return counts.values().stream().flatMap(answers -> answers.entrySet().stream())
                .filter(answer -> answer.getKey().startsWith(start)).mapToLong(answer -> answer.getValue().sum()).sum();
    }

    /** A line a kind. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        counts.forEach((kind, answers) -> text.append("  ").append(kind).append(": ").append(answers).append('\n'));
        return text.toString();
    }
}
