package dev.confab.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void settings_go_to_spring_and_words_to_the_command() {
        var arguments = Arguments.of("--confab.file.directory=./my data", "keys", "create", "--name=a --confab.x",
                "--debug",
                "--spring.datasource.url=jdbc:postgresql://x/y?a=b", "--server.port=0", "--logging.level.root=INFO",
                "--management.server.port=1", "--owner=ann", "--confab", "--trace", "--json");

        assertThat(arguments.settings()).containsExactly("--confab.file.directory=./my data", "--debug",
                "--spring.datasource.url=jdbc:postgresql://x/y?a=b", "--server.port=0", "--logging.level.root=INFO",
                "--management.server.port=1", "--trace");
        assertThat(arguments.words()).containsExactly("keys", "create", "--name=a --confab.x", "--owner=ann",
                "--confab",
                "--json");
    }
}
