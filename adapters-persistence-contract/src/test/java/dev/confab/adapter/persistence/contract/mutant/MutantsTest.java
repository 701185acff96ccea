package dev.confab.adapter.persistence.contract.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.confab.adapter.persistence.contract.Clause;
import dev.confab.adapter.persistence.contract.ClauseTable;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStoreUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** For each clause there are stores that violate it, and on each of them a test of this clause fails. */
class MutantsTest {
    /** A report of which test detected which mutant, and with which error. */
    private static final Path KILLS = Path.of("target/mutants.txt");
    private static final Map<String, List<DiscoverySelector>> TESTS_BY_CLAUSE = testsByClause();

    @BeforeAll
    static void forgetTheLastRun() throws IOException {
        Files.deleteIfExists(KILLS);
    }

    @TestFactory
    Stream<DynamicTest> each_mutant_fails_a_test_of_the_clause_it_breaks() {
        return Mutants.ALL.stream().map(mutant -> DynamicTest.dynamicTest(mutant.clause() + " " + mutant.name(), () -> {
            Result result = run(mutant.clause(), mutant.factory());
            assertThat(result.failed()).as("failed tests of %s on the mutant %s", mutant.clause(), mutant.name())
                    .isNotEmpty();
            Files.writeString(KILLS, "%s %s: %s%n".formatted(mutant.clause(), mutant.name(), result.failed()),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }));
    }

    @TestFactory
    Stream<DynamicTest> the_reference_store_passes_the_tests_of_each_clause() {
        return clauses().stream().map(clause -> DynamicTest.dynamicTest(clause, () -> {
            Result result = run(clause, ReferenceStoreUnderTest.factory(ReferenceStore::new));
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

    private record Result(List<String> passed, List<String> failed) {
    }

    /** Runs the tests of the suite that check this clause and no other, up to the first failure. */
    private static Result run(String clause, StoreFactory factory) {
        SuiteOnAMutant.MUTANT.set(Optional.of(factory));
        var result = new Result(new ArrayList<>(), new ArrayList<>());
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(TESTS_BY_CLAUSE.getOrDefault(clause, List.of())).build();
        CancellationToken enough = CancellationToken.create();
        LauncherFactory.create().execute(LauncherExecutionRequestBuilder.request(request).cancellationToken(enough)
                .listeners(new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult outcome) {
                        if (test.isTest() && outcome.getStatus() == TestExecutionResult.Status.FAILED) {
                            result.failed().add(test.getDisplayName() + " " + outcome.getThrowable());
                            enough.cancel();
                        } else if (test.isTest() && outcome.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                            result.passed().add(test.getDisplayName());
                        }
                    }
                }).build());
        return result;
    }

    /** The tests that check one clause only. JUnit looks for them once: for each mutant it would take longer than to run them. */
    private static Map<String, List<DiscoverySelector>> testsByClause() {
        var suite = LauncherFactory.create().discover(
                LauncherDiscoveryRequestBuilder.request().selectors(selectClass(SuiteOnAMutant.class)).build());
        Map<String, List<DiscoverySelector>> tests = new HashMap<>();
        for (TestIdentifier root : suite.getRoots()) {
            for (TestIdentifier test : suite.getDescendants(root)) {
                if (test.getSource().orElse(null) instanceof MethodSource method) {
                    List<String> clauses = ClauseTable.clausesOf(method.getMethodName());
                    if (clauses.size() == 1) {
                        tests.computeIfAbsent(clauses.getFirst(), _ -> new ArrayList<>())
                                .add(selectUniqueId(test.getUniqueIdObject()));
                    }
                }
            }
        }
        return tests;
    }
}
