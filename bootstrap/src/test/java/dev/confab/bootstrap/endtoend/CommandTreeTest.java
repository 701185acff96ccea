package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.endtoend.Cli.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The command line as a whole: help, completion, wrong words, and the server as the default. */
@ExtendWith(OutputCaptureExtension.class)
class CommandTreeTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --help                    | Usage: java -jar confab.jar [-hV] [COMMAND]
            serve --help              | Usage: java -jar confab.jar serve
            keys --help               | Usage: java -jar confab.jar keys
            keys create --help        | Usage: java -jar confab.jar keys create
            keys list --help          | Usage: java -jar confab.jar keys list
            keys revoke --help        | Usage: java -jar confab.jar keys revoke
            list --help               | Usage: java -jar confab.jar list
            search --help             | Usage: java -jar confab.jar search
            show --help               | Usage: java -jar confab.jar show
            export --help             | Usage: java -jar confab.jar export
            import --help             | Usage: java -jar confab.jar import
            verify --help             | Usage: java -jar confab.jar verify
            backup --help             | Usage: java -jar confab.jar backup
            quarantine --help         | Usage: java -jar confab.jar quarantine
            quarantine restore --help | Usage: java -jar confab.jar quarantine restore
            """)
    void each_command_has_help(String words, String usage) {
        Result help = cli().run(words.split(" "));

        assertThat(help.status()).isZero();
        assertThat(help.out()).contains(usage);
        assertThat(help.err()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void the_help_names_the_commands_and_the_completion_script_knows_them() {
        assertThat(cli().run("--help").out()).contains("serve", "keys", "list", "search", "show", "export", "import",
                "verify", "backup",
                "quarantine", "generate-completion");
        assertThat(cli().run("generate-completion").out()).contains("keys", "revoke", "quarantine", "--owner",
                "confab_show", "--last", "--cursor", "--prefix");
        assertThat(cli().run("show", "--help").out()).contains("  java -jar confab.jar show 0198c2f0-");
        assertThat(cli().run("--version").out()).startsWith("Confab ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quarantin list", "key", "serve now", "--unknown=1", "confab.file.directory=x",
            "quarantine",
            "list ann", "list --limit=0", "list --limit=3 --all", "search", "search ...", "search a --limit=x", "show",
            "show x", "show 0198c2f0-0000-7000-8000-000000000001 --last=0",
            "show 0198c2f0-0000-7000-8000-000000000001 --last=1 --to=2",
            "show 0198c2f0-0000-7000-8000-000000000001 --from=3 --to=2",
            "export", "import", "verify a", "backup", "export a b", "import --resume a",
            "quarantine show", "quarantine list all", "quarantine restore a b", "quarantine repair a"})
    void wrong_words_start_nothing(String words) {
        Result result = cli().run(words.split(" "));

        assertThat(result.status()).isEqualTo(64);
        assertThat(result.err()).isNotBlank().doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve"})
    void a_server_that_cannot_start_says_why_once_and_ends_with_a_status(String words, CapturedOutput output) {
        Result result = cli("--confab.persistence=parchment").run(words.isEmpty() ? new String[0] : words.split(" "));

        assertThat(result.status()).isEqualTo(78);
        assertThat(output).containsOnlyOnce("confab.persistence is \"parchment\"").doesNotContain("\tat ");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void a_server_whose_directory_is_in_use_ends_with_a_temporary_failure() {
        try (var _ = RunningConfab.start(directory)) {
            assertThat(cli("--server.port=0").run("serve").status()).isEqualTo(75);
        }
    }

    @Test
    void the_quarantine_is_listed_from_the_directory_of_the_settings() {
        RunningConfab.start(directory).close();

        Result list = cli().run("quarantine", "list");
        assertThat(list.out()).isEqualTo("The quarantine of " + directory + " is empty." + System.lineSeparator());
        assertThat(list.status()).isZero();
        Result drop = cli().run("quarantine", "drop", "x");
        assertThat(drop.status()).isEqualTo(65);
        assertThat(drop.err()).contains("Cannot drop x", "Nothing was changed");
        assertThat(Cli.with("--confab.file.directory=" + directory.resolve("none")).run("quarantine", "list").status())
                .isEqualTo(65);
    }

    private Cli cli(String... more) {
        var settings = new ArrayList<>(List.of("--confab.file.directory=" + directory));
        settings.addAll(List.of(more));
        return new Cli(settings);
    }
}
