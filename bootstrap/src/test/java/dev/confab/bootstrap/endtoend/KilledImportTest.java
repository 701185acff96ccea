package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An import in a process of its own, which is killed on the way. */
@Tag("process")
class KilledImportTest {
    private static final int CHATS = 400;

    @TempDir
    Path files;

    @TempDir
    Path data;

    @Test
    void an_import_that_is_killed_twice_is_complete_after_the_third_time() throws Exception {
        Path export = Files.writeString(files.resolve("conversations.json"), ImportChatsCommandTest.chatGpt(CHATS));

        killAfter(300, export);
        killAfter(1_500, export);
        var third = Cli.with("--confab.file.directory=" + data).run("import-chats", export.toString(), "--json");

        assertThat(third.status()).as(third.err()).isZero();
        JsonNode conversations = new JsonMapper().readTree(third.out().strip().lines().toList().getLast())
                .get("conversations");
        assertThat(conversations.get("present").intValue()).isPositive();
        assertThat(conversations.get("present").intValue() + conversations.path("imported").intValue())
                .isEqualTo(2 * CHATS);
    }

    /** Kills the import once it has reported so many items: a conversation and its messages are reported when they are stored. */
    private void killAfter(int items, Path export) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), "dev.confab.bootstrap.ConfabApplication", "import-chats",
                export.toString(), "--json", "--confab.file.directory=" + data)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < items; i++) {
                assertThat(out.readLine()).isNotNull();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
