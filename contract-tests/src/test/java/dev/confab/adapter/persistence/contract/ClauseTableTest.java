package dev.confab.adapter.persistence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each clause has a test, and each test names a clause. */
class ClauseTableTest {
    private static final List<String> CLAUSES = Clause.all().stream().map(Clause::id).toList();

    @Test
    void the_clauses_are_numbered_without_gaps() {
        for (String port : List.of("S", "K", "W", "E", "U", "M")) {
            List<String> clauses = CLAUSES.stream().filter(clause -> clause.startsWith(port)).toList();
            assertThat(clauses).isNotEmpty().containsExactlyElementsOf(
                    IntStream.rangeClosed(1, clauses.size()).mapToObj(n -> port + n).toList());
        }
        assertThat(CLAUSES).hasSizeGreaterThanOrEqualTo(51);
    }

    @Test
    void each_clause_has_a_title_and_a_summary_of_one_sentence() {
        assertThat(Clause.all()).allSatisfy(clause -> {
            assertThat(clause.title()).isNotBlank();
            assertThat(clause.summary()).endsWith(".").doesNotContain("{@", "<");
        });
    }

    @Test
    void each_clause_has_a_test() {
        assertThat(ClauseTable.byClause().keySet()).containsExactlyInAnyOrderElementsOf(CLAUSES);
    }

    @Test
    void each_test_names_a_clause() {
        assertThat(ClauseTable.tests()).isNotEmpty().allSatisfy(
                test -> assertThat(test.clauses()).as("clauses of %s", test).isNotEmpty().isSubsetOf(CLAUSES));
    }

    @Test
    void each_contract_class_is_a_part_of_the_suite() throws IOException {
        List<String> sources;
        try (var files = Files.walk(Path.of("../adapters-persistence-contract/src/main/java"))) {
            sources = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith("Contract.java"))
                    .map(name -> name.replace(".java", "")).filter(name -> !name.equals("ConversationStoreContract"))
                    .toList();
        }
        assertThat(ClauseTable.parts().map(part -> part.getSuperclass().getSimpleName()))
                .containsExactlyInAnyOrderElementsOf(sources);
        assertThat(ClauseTable.parts())
                .allSatisfy(part -> assertThat(part.getSuperclass().getSuperclass()).isEqualTo(ContractTest.class));
    }
}
