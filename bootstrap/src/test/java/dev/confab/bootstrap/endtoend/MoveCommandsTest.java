package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.endtoend.Cli.Result;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code export}, {@code import}, {@code verify} and {@code backup}, on stores and on running servers. */
class MoveCommandsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int CONVERSATIONS = 20;
    private static final String LOG_IN = "--confab.security=api-keys";

    @TempDir
    Path directory;

    @Test
    void a_store_on_files_moves_to_postgresql_and_back_with_three_commands_each() throws Exception {
        fill(directory.resolve("data"));
        String there = file("there.gz");
        String back = file("back.gz");
        try (Database database = TestPostgres.shared().newDatabase()) {
            Result exported = files("data").run("export", there);
            assertThat(exported.status()).as(exported.err()).isZero();
            assertThat(exported.out()).startsWith("Exported " + CONVERSATIONS + " conversations with 40 messages to ")
                    .contains("Digest ");
            Result imported = Cli.on(database).run("import", there);
            assertThat(imported.status()).as(imported.err()).isZero();
            assertThat(imported.out())
                    .startsWith("Imported " + CONVERSATIONS + " conversations; 0 were here already.");
            Result verified = Cli.on(database).run("verify", there, "store");
            assertThat(verified.out()).startsWith("Equal: " + CONVERSATIONS + " conversations.");
            assertThat(verified.status()).isZero();

            assertThat(Cli.on(database).run("export", back).status()).isZero();
            assertThat(files("new").run("import", back).status()).isZero();
            assertThat(files("new").run("verify", there, "store").status()).isZero();
            assertThat(Cli.with().run("verify", there, back).out()).startsWith("Equal: " + CONVERSATIONS);
        }
    }

    @Test
    void programs_read_json_and_the_exit_status() throws Exception {
        fill(directory.resolve("data"));
        JsonNode exported = JSON.readTree(files("data").run("export", file("a.gz"), "--json").out());
        assertThat(exported.get("complete").booleanValue()).isTrue();
        assertThat(exported.get("conversations").intValue()).isEqualTo(CONVERSATIONS);
        JsonNode imported = JSON.readTree(files("new").run("import", file("a.gz"), "--json").out());
        assertThat(imported.get("imported").intValue()).isEqualTo(CONVERSATIONS);
        try (var confab = RunningConfab.start(directory.resolve("new"))) {
            confab.post("/api/v1/conversations", "{\"title\":\"one more\"}");
            String first = JSON.readTree(confab.get("/api/v1/conversations?limit=2").body()).at("/items/1/id")
                    .stringValue();
            confab.post("/api/v1/conversations/" + first + "/messages", "{\"role\":\"user\",\"text\":\"more\"}");
        }

        Result different = files("new").run("verify", file("a.gz"), "store", "--json");
        assertThat(different.status()).isEqualTo(65);
        JsonNode report = JSON.readTree(different.out());
        assertThat(report.at("/surplus/count").intValue()).isOne();
        assertThat(report.at("/different/count").intValue()).isOne();
        assertThat(report.at("/equal").intValue()).isEqualTo(CONVERSATIONS - 1);
        Result conflict = files("new").run("import", file("a.gz"));
        assertThat(conflict.status()).isEqualTo(65);
        assertThat(conflict.out())
                .contains("1 conversations were here with another content and were left as they are:");
    }

    @Test
    void an_export_that_was_cut_is_continued_and_one_that_is_there_is_not_overwritten() throws Exception {
        fill(directory.resolve("data"));
        Path file = directory.resolve("a.gz");
        assertThat(files("data").run("export", file.toString()).status()).isZero();
        byte[] whole = Files.readAllBytes(file);
        Result again = files("data").run("export", file.toString());
        assertThat(again.status()).isEqualTo(74);
        assertThat(again.err()).contains("is there already").doesNotContain("\tat ");
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        Result incomplete = files("new").run("import", file.toString());
        assertThat(incomplete.status()).isEqualTo(65);
        assertThat(incomplete.out()).contains("The archive ends early");

        Result resumed = files("data").run("export", file.toString(), "--resume");
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(resumed.out()).startsWith("Exported " + CONVERSATIONS + " conversations");
        assertThat(directory.resolve("a.gz.cut")).doesNotExist();
        assertThat(files("new").run("import", file.toString()).status()).isZero();
        assertThat(files("data").run("verify", "store", file.toString()).status()).isZero();
    }

    @Test
    void a_running_server_is_exported_from_and_imported_into_over_http() throws Exception {
        fill(directory.resolve("data"));
        String token = token("data");
        String newToken = token("new");
        try (var source = RunningConfab.start(directory.resolve("data"), LOG_IN);
                var target = RunningConfab.start(directory.resolve("new"), LOG_IN)) {
            Result locked = files("data").run("export", file("x.gz"));
            assertThat(locked.status()).isEqualTo(75);
            assertThat(locked.err()).contains("is in use by process", "--server=");
            assertThat(directory.resolve("x.gz")).doesNotExist();

            Result exported = Cli.with().run("export", file("a.gz"), "--server=" + source.address(), token);
            assertThat(exported.status()).as(exported.err()).isZero();
            assertThat(exported.out()).startsWith("Exported " + CONVERSATIONS);
            Result imported = Cli.with().run("import", file("a.gz"), "--server=" + target.address(), newToken);
            assertThat(imported.status()).as(imported.err()).isZero();
            assertThat(imported.out()).startsWith("Imported " + CONVERSATIONS);
            assertThat(Cli.with().run("verify", file("a.gz"), target.address(), newToken).out())
                    .startsWith("Equal: " + CONVERSATIONS);
            Result stranger = Cli.with().run("verify", file("a.gz"), target.address(), token);
            assertThat(stranger.status()).isEqualTo(78);
            assertThat(stranger.err()).contains("answered 401", "CONFAB_TOKEN");
        }
    }

    @Test
    void a_missing_file_or_one_that_is_no_archive_is_reported_in_one_line() throws IOException {
        Path letter = Files.writeString(directory.resolve("letter"), "Dear archive");
        Result noArchive = files("data").run("import", letter.toString());
        assertThat(noArchive.status()).isEqualTo(65);
        assertThat(noArchive.err()).contains("this is no archive").doesNotContain("\tat ");
        Result none = files("data").run("import", file("none"));
        assertThat(none.status()).isEqualTo(74);
        assertThat(none.err()).contains("there is no file").doesNotContain("\tat ");
        assertThat(files("data").run("export", file("a.gz"), "--after=x").status()).isEqualTo(64);
        assertThat(files("data").run("export", "-", "--resume").status()).isEqualTo(64);
        assertThat(files("data").run("verify", "store", "store").status()).isEqualTo(64);
        assertThat(Cli.with().run("export", file("b.gz"), "--server=http://127.0.0.1:1").status()).isEqualTo(69);
    }

    @Test
    void a_backup_of_files_opens_as_a_data_directory() throws Exception {
        fill(directory.resolve("data"));
        Result done = files("data").run("backup", file("copy"));
        assertThat(done.status()).as(done.err()).isZero();
        assertThat(done.out()).startsWith("Copied ").contains(file("copy"));
        assertThat(files("data").run("export", file("a.gz")).status()).isZero();
        assertThat(files("copy").run("verify", file("a.gz"), "store").out()).startsWith("Equal: " + CONVERSATIONS);
        Result again = files("data").run("backup", file("copy"));
        assertThat(again.status()).isEqualTo(78);
        assertThat(again.err()).contains("is not empty");
    }

    @Test
    void a_running_server_makes_backups_below_the_directory_of_its_settings() throws Exception {
        fill(directory.resolve("data"));
        String token = token("data");
        Path made;
        try (var confab = RunningConfab.start(directory.resolve("data"),
                "--confab.file.backup-directory=" + directory.resolve("backups"), LOG_IN)) {
            Result done = Cli.with().run("backup", "--server=" + confab.address(), token);
            assertThat(done.status()).as(done.err()).isZero();
            assertThat(done.out()).startsWith("Copied ").contains(directory.resolve("backups").toString());
        }
        try (var copies = Files.list(directory.resolve("backups"))) {
            made = copies.toList().getFirst();
        }
        assertThat(files("data").run("export", file("a.gz")).status()).isZero();
        assertThat(Cli.with("--confab.file.directory=" + made).run("verify", file("a.gz"), "store").out())
                .startsWith("Equal: " + CONVERSATIONS);
        try (var confab = RunningConfab.start(directory.resolve("data"), LOG_IN)) {
            Result none = Cli.with().run("backup", "--server=" + confab.address(), token);
            assertThat(none.status()).isEqualTo(65);
            assertThat(none.err()).contains("backup-unavailable", "confab.file.backup-directory");
        }
    }

    /** Makes a key for administration, and returns the option that names its file. */
    private String token(String data) throws IOException {
        Path file = directory.resolve(data + ".token");
        Files.writeString(file,
                files(data).run("keys", "create", "--owner=root", "--name=move", "--scope=admin").out());
        return "--token-file=" + file;
    }

    private static void fill(Path data) throws Exception {
        try (var confab = RunningConfab.start(data)) {
            for (int i = 0; i < CONVERSATIONS; i++) {
                var made = confab.post("/api/v1/conversations", "{\"title\":\"No. " + i
                        + "\",\"messages\":[{\"role\":\"user\",\"text\":\"a\"},{\"role\":\"assistant\",\"text\":\"b\"}]}");
                assertThat(made.statusCode()).isEqualTo(201);
                if (i % 5 == 4) {
                    String id = JSON.readTree(made.body()).get("id").stringValue();
                    assertThat(confab.delete("/api/v1/conversations/" + id)).isEqualTo(204);
                }
            }
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private Cli files(String data) {
        return Cli.with("--confab.file.directory=" + directory.resolve(data));
    }
}
