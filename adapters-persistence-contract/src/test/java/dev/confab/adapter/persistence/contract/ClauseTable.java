package dev.confab.adapter.persistence.contract;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which tests hold which clause, by their names. */
final class ClauseTable {
    private static final Pattern CLAUSES_AT_THE_END = Pattern.compile("^.*?((?:_S\\d+)+)$");

    private ClauseTable() {
    }

    /** S1 to S20. */
    static List<String> clauses() {
        return IntStream.rangeClosed(1, 20).mapToObj(n -> "S" + n).toList();
    }

    /** The suite's test methods, each as theme and method. */
    static Stream<Map.Entry<String, Method>> tests() {
        return Arrays.stream(ConversationStoreContract.class.getDeclaredClasses())
                .filter(type -> type.isAnnotationPresent(Nested.class))
                .sorted((a, b) -> a.getSimpleName().compareTo(b.getSimpleName()))
                .flatMap(type -> Arrays.stream(type.getSuperclass().getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .sorted((a, b) -> a.getName().compareTo(b.getName()))
                        .map(method -> Map.entry(type.getSimpleName(), method)));
    }

    /** The clauses a test names; none when it names none. */
    static List<String> named(String test) {
        Matcher matcher = CLAUSES_AT_THE_END.matcher(test);
        return matcher.matches() ? List.of(matcher.group(1).substring(1).split("_")) : List.of();
    }

    static Map<String, List<String>> byClause() {
        Map<String, List<String>> table = new TreeMap<>();
        tests().forEach(test -> named(test.getValue().getName()).forEach(clause -> table
                .computeIfAbsent(clause, any -> new ArrayList<>())
                .add(test.getKey() + ": " + sentence(test.getValue()))));
        return table;
    }

    /** As a page in Markdown. */
    static String page(Map<String, String> titles) {
        Map<String, List<String>> table = byClause();
        return "# The contract of a store: clauses and their tests\n\n"
                + "Generated from the names of the tests in `adapters-persistence-contract` by `ClauseTableTest`, which fails\n"
                + "when this page is not what it generates. The clauses themselves stand in the Javadoc of `ConversationStore`.\n\n"
                + clauses().stream().map(clause -> "## " + clause + " " + titles.getOrDefault(clause, "") + "\n\n"
                        + table.getOrDefault(clause, List.of()).stream().map(test -> "- " + test + "\n")
                                .collect(Collectors.joining())
                        + "\nMutants it kills: " + Mutants.ALL.stream().filter(m -> m.clause().equals(clause))
                                .map(Mutants.Mutant::name).collect(Collectors.joining("; "))
                        + "\n").collect(Collectors.joining("\n"));
    }

    private static String sentence(Method test) {
        return test.getName().replaceAll("(_S\\d+)+$", "").replace('_', ' ');
    }
}
