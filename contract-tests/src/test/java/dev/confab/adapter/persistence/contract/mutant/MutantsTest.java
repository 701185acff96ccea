package dev.confab.adapter.persistence.contract.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.confab.adapter.persistence.contract.Clause;
import dev.confab.adapter.persistence.contract.ClauseTable;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStoreUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** For each clause there are stores that violate it, and on each of them a test of this clause fails. */
class MutantsTest {
    /** A report of which test detected which mutant, and with which error. */
    private static final Path KILLS = Path.of("target/mutants.txt");
    private static final Launcher LAUNCHER = LauncherFactory.create();
    private static final Map<String, List<UniqueId>> TESTS_BY_CLAUSE = testsByClause();
    private static final Map<String, Result> REFERENCE = new HashMap<>();

    @BeforeAll
    static void forgetTheLastRun() throws IOException {
        Files.deleteIfExists(KILLS);
    }

    @BeforeAll
    static void runTheReferenceStore() {
        for (String clause : clauses()) {
            REFERENCE.put(clause, run(ReferenceStoreUnderTest.factory(ReferenceStore::new),
                    TESTS_BY_CLAUSE.getOrDefault(clause, List.of())));
        }
    }

    @TestFactory
    Stream<DynamicTest> each_mutant_fails_a_test_of_the_clause_it_breaks() {
        return Mutants.ALL.stream().map(mutant -> DynamicTest.dynamicTest(mutant.clause() + " " + mutant.name(), () -> {
            List<String> failed = firstFailure(mutant);
            assertThat(failed).as("failed tests of %s on the mutant %s", mutant.clause(), mutant.name())
                    .isNotEmpty();
            Files.writeString(KILLS, "%s %s: %s%n".formatted(mutant.clause(), mutant.name(), failed),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }));
    }

    @TestFactory
    Stream<DynamicTest> the_reference_store_passes_the_tests_of_each_clause() {
        return clauses().stream().map(clause -> DynamicTest.dynamicTest(clause, () -> {
            Result result = REFERENCE.get(clause);
            assertThat(result.failed()).isEmpty();
            assertThat(result.passed()).isNotEmpty();
        }));
    }

    @Test
    void each_clause_has_a_mutant() {
        assertThat(Mutants.ALL.stream().map(Mutants.Mutant::clause).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(clauses());
    }

    private static List<String> clauses() {
        return Clause.all().stream().map(Clause::id).toList();
    }

    /** @param passed how long each test took; only the order in which the tests of a mutant run depends on it */
    private record Result(Map<UniqueId, Duration> passed, List<String> failed) {
        private static final Duration LONG = Duration.ofMillis(100);

        /** The tests that passed, class by class, because JUnit takes long to prepare a class; those that took long come last. */
        Stream<List<UniqueId>> shortOnesFirst() {
            return Stream.of(false, true).flatMap(isLong -> passed.keySet().stream()
                    .filter(test -> passed.get(test).compareTo(LONG) > 0 == isLong)
                    .collect(Collectors.groupingBy(UniqueId::removeLastSegment)).values().stream());
        }
    }

    /** Runs the tests of the suite that check this clause and no other, the long ones only if no other fails. */
    private static List<String> firstFailure(Mutants.Mutant mutant) {
        return REFERENCE.get(mutant.clause()).shortOnesFirst().map(tests -> run(mutant.factory(), tests).failed())
                .filter(failed -> !failed.isEmpty()).findFirst().orElse(List.of());
    }

    /** Runs these tests up to the first failure. */
    private static Result run(StoreFactory factory, List<UniqueId> tests) {
        var result = new Result(new HashMap<>(), new ArrayList<>());
        if (tests.isEmpty()) {
            return result;
        }
        SuiteOnAMutant.MUTANT.set(Optional.of(factory));
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests.stream().map(DiscoverySelectors::selectUniqueId).toList()).build();
        CancellationToken enough = CancellationToken.create();
        LAUNCHER.execute(LauncherExecutionRequestBuilder.request(request).cancellationToken(enough)
                .listeners(new TestExecutionListener() {
                    private long started;

                    @Override
                    public void executionStarted(TestIdentifier test) {
                        started = System.nanoTime();
                    }

                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult outcome) {
                        if (test.isTest() && outcome.getStatus() == TestExecutionResult.Status.FAILED) {
                            result.failed().add(test.getDisplayName() + " " + outcome.getThrowable());
                            enough.cancel();
                        } else if (test.isTest() && outcome.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                            result.passed().put(test.getUniqueIdObject(),
                                    Duration.ofNanos(System.nanoTime() - started));
                        }
                    }
                }).build());
        return result;
    }

    /** The tests that check one clause only. JUnit looks for them once: for each mutant it would take longer than to run them. */
    private static Map<String, List<UniqueId>> testsByClause() {
        var suite = LAUNCHER.discover(
                LauncherDiscoveryRequestBuilder.request().selectors(selectClass(SuiteOnAMutant.class)).build());
        Map<String, List<UniqueId>> tests = new HashMap<>();
        for (TestIdentifier root : suite.getRoots()) {
            for (TestIdentifier test : suite.getDescendants(root)) {
                if (test.getSource().orElse(null) instanceof MethodSource method) {
                    List<String> clauses = ClauseTable.clausesOf(method.getMethodName());
                    if (clauses.size() == 1) {
                        tests.computeIfAbsent(clauses.getFirst(), _ -> new ArrayList<>())
                                .add(test.getUniqueIdObject());
                    }
                }
            }
        }
        return tests;
    }
}
