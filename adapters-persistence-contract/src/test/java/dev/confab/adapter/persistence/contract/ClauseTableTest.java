package dev.confab.adapter.persistence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every clause has a test, every test a clause, and the page that lists them is as it should be. */
class ClauseTableTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/contract.md");
    private static final Path PORT = ROOT
            .resolve("domain/src/main/java/dev/confab/domain/port/ConversationStore.java");

    @Test
    void each_clause_has_a_test() {
        assertThat(ClauseTable.byClause().keySet()).containsExactlyInAnyOrderElementsOf(ClauseTable.clauses());
    }

    @Test
    void each_test_names_a_clause() {
        assertThat(ClauseTable.tests()).isNotEmpty()
                .allSatisfy(test -> assertThat(ClauseTable.clauses())
                        .containsAll(ClauseTable.named(test.getValue().getName())))
                .allSatisfy(
                        test -> assertThat(ClauseTable.named(test.getValue().getName())).as(test.getValue().getName())
                                .isNotEmpty());
    }

    @Test
    void each_theme_is_part_of_the_suite() {
        assertThat(Arrays.stream(ConversationStoreContract.class.getDeclaredClasses())
                .filter(type -> type.isAnnotationPresent(Nested.class)))
                .allSatisfy(type -> assertThat(type.getSuperclass().getSuperclass()).isEqualTo(ContractTest.class))
                .hasSize(themes());
    }

    @Test
    void the_clauses_are_those_of_the_port() throws IOException {
        assertThat(titles().keySet()).containsExactlyInAnyOrderElementsOf(ClauseTable.clauses());
    }

    @Test
    void the_page_lists_the_tests_of_each_clause() throws IOException {
        String page = ClauseTable.page(titles());
        Path generated = Path.of("target/contract.md");
        Files.createDirectories(generated.getParent());
        Files.writeString(generated, page);

        assertThat(PAGE).as("copy %s there", generated).exists().content().isEqualTo(page);
    }

    private static int themes() {
        Path sources = Path.of("src/main/java").resolve(ContractTest.class.getPackageName().replace('.', '/'));
        String[] files = sources.toFile()
                .list((dir, name) -> name.endsWith("Contract.java") && !name.equals("ConversationStoreContract.java"));
        return files.length;
    }

    private static Map<String, String> titles() throws IOException {
        Map<String, String> titles = new TreeMap<>();
        Pattern.compile("<b>(S\\d+) ([^<]*)</b>").matcher(Files.readString(PORT)).results()
                .forEach(clause -> titles.put(clause.group(1), clause.group(2)));
        return titles;
    }
}
