package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page about the HTTP API, {@code docs/api.md}. */
class ApiPageTest {

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void every_problem_code_is_in_the_table_of_errors(ProblemCode code) throws IOException {
        assertThat(Files.readString(Path.of("../docs/api.md")))
                .contains("\n| " + code.status() + " | `" + code.code() + "` | ");
    }
}
