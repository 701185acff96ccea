package dev.confab.adapter.persistence.contract;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which tests check which clause. A test names its clauses at the end of its name. */
public final class ClauseTable {
    private static final Pattern CLAUSES_AT_THE_END = Pattern.compile("^.*?((?:_[SKWJEUM]\\d+)+)$");

    private ClauseTable() {
    }

    /**
     * A test of the suite.
     *
     * @param part the part of {@link ConversationStoreContract} that it belongs to
     */
    public record ClauseTest(String part, Method method) {
        List<String> clauses() {
            return clausesOf(method.getName());
        }

        /** The test's name in words, without its clauses. */
        public String sentence() {
            return method.getName().replaceAll("(_[SKWJEUM]\\d+)+$", "").replace('_', ' ');
        }
    }

    /** The parts of the suite, each a nested class. */
    static Stream<Class<?>> parts() {
        return Arrays.<Class<?>>stream(ConversationStoreContract.class.getDeclaredClasses())
                .filter(type -> type.isAnnotationPresent(Nested.class))
                .sorted(Comparator.comparing(Class::getSimpleName));
    }

    /** All tests of the suite, sorted by part and name. */
    static Stream<ClauseTest> tests() {
        return parts().flatMap(part -> Arrays.stream(part.getSuperclass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> new ClauseTest(part.getSimpleName(), method)));
    }

    /** The ids of the clauses that a test's name ends in; empty when it names none. */
    public static List<String> clausesOf(String test) {
        Matcher matcher = CLAUSES_AT_THE_END.matcher(test);
        return matcher.matches() ? List.of(matcher.group(1).substring(1).split("_")) : List.of();
    }

    /** The tests of each clause that has some, by the clause's id. */
    public static Map<String, List<ClauseTest>> byClause() {
        Map<String, List<ClauseTest>> table = new TreeMap<>();
        tests().forEach(test -> test.clauses()
                .forEach(clause -> table.computeIfAbsent(clause, any -> new ArrayList<>()).add(test)));
        return table;
    }
}
