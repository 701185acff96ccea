package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.endtoend.Cli.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reading commands on files that no server has open. */
class ReadingFilesTest extends ReadingContract {

    @Override
    RunningConfab start(Path directory, String... settings) {
        return RunningConfab.start(directory.resolve("data"), settings);
    }

    @Override
    Cli commands(RunningConfab filled, Path directory, String tokenFile) {
        filled.close();
        return Cli.with("--confab.security=api-keys", "--confab.file.directory=" + directory.resolve("data"));
    }

    @Test
    void without_log_in_everything_belongs_to_one_owner(@TempDir Path local) throws Exception {
        try (var confab = RunningConfab.start(local)) {
            confab.post("/api/v1/conversations", "{\"title\":\"Mine\"}");
            Result locked = Cli.with("--confab.file.directory=" + local).run("list");
            assertThat(locked.status()).isEqualTo(75);
            assertThat(locked.err()).contains("is in use by process", "--server=", "scope read");
            assertThat(Cli.with("--server=" + confab.address()).run("list").out()).contains("Mine");
        }

        assertThat(Cli.with("--confab.file.directory=" + local).run("list").out()).contains("Mine");
        Result unnamed = Cli.with("--confab.file.directory=" + local, "--confab.security=api-keys").run("list");
        assertThat(unnamed.status()).isEqualTo(64);
        assertThat(unnamed.err()).contains("--owner=OWNER");
    }

    @Test
    void an_empty_store_has_nothing_to_list_or_find(@TempDir Path empty) {
        var cli = Cli.with("--confab.file.directory=" + empty);

        assertThat(cli.run("list").err()).isEqualTo("No conversations." + System.lineSeparator());
        assertThat(cli.run("search", "word").err()).isEqualTo("Nothing was found." + System.lineSeparator());
        assertThat(cli.run("show", "019c0f2e-7a00-7000-8000-000000000001").status()).isEqualTo(66);
    }
}
