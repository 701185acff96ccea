package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The way of a damaged conversation through the quarantine, with the commands of the jar and their exit codes. */
class QuarantineCommandTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CONVERSATIONS = "/api/v1/conversations";

    @TempDir
    Path directory;

    @Test
    void a_damaged_conversation_is_listed_shown_repaired_and_restored() throws Exception {
        String id = damagedConversation();
        String whole;
        try (var confab = RunningConfab.start(directory)) {
            assertThat(confab.get("/actuator/health").body()).contains("DEGRADED", id);
            whole = id(confab.post(CONVERSATIONS, "{\"title\":\"Whole\"}").body());
            assertThat(command(75, "list")).contains("in use by process", "Stop that one");
            assertThat(command(75, "drop", id)).contains("in use by process");
        }

        assertThat(command(0, "list")).startsWith(id + ": 2 files, ")
                .contains("; cannot be restored: the head does not match its checksum").hasLineCount(1);
        assertThat(command(65, "restore", id)).isEqualTo("Cannot restore " + id
                + ": the head does not match its checksum. Nothing was changed." + System.lineSeparator());
        repair(id, command(0, "show", id));
        assertThat(command(0, "list")).contains(id, "; can be restored, with 2 messages");
        assertThat(command(0, "restore", id)).contains(id + " is restored");
        assertThat(command(0, "list")).contains("is empty");

        try (var confab = RunningConfab.start(directory)) {
            assertThat(JSON.readTree(confab.get("/actuator/health").body()).get("status").asString()).isEqualTo("UP");
            assertThat(confab.get(CONVERSATIONS + "/" + id + "/messages").body()).contains("needle one", "needle two");
            assertThat(confab.get("/api/v1/search?q=needle").body()).contains("needle one", "needle two");
            assertThat(confab.get(CONVERSATIONS + "/" + whole).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_dropped_conversation_is_gone_and_its_id_is_free() throws Exception {
        String id = damagedConversation();
        RunningConfab.start(directory).close();

        assertThat(command(0, "drop", id)).contains(id + " is deleted from quarantine.");
        assertThat(command(65, "drop", id)).contains("nothing in quarantine has the id " + id, "quarantine list",
                "Nothing was changed");

        try (var confab = RunningConfab.start(directory)) {
            assertThat(JSON.readTree(confab.get("/actuator/health").body()).get("status").asString()).isEqualTo("UP");
            assertThat(confab.get(CONVERSATIONS + "/" + id).statusCode()).isEqualTo(404);
            assertThat(confab.post(CONVERSATIONS, "{\"id\":\"" + id + "\"}").statusCode()).isEqualTo(201);
        }
    }

    @Test
    void nothing_is_made_of_a_directory_without_data() {
        assertThat(command(65, "list")).contains(directory.toString(), "is not a data directory",
                "--confab.file.directory=");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_wrong_setting_is_refused_by_name() {
        var result = Cli.with("--confab.file.directry=" + directory).run("quarantine", "list");

        assertThat(result.status()).isEqualTo(78);
        assertThat(result.err()).contains("Did you mean confab.file.directory?").doesNotContain("\tat ");
    }

    /** What the command prints. */
    private String command(int status, String... words) {
        var arguments = new ArrayList<>(List.of("quarantine"));
        arguments.addAll(List.of(words));
        var result = Cli.with("--confab.file.directory=" + directory).run(arguments.toArray(String[]::new));
        assertThat(result.status()).as("%s", result).isEqualTo(status);
        return result.out() + result.err();
    }

    private String damagedConversation() throws Exception {
        String id;
        try (var confab = RunningConfab.start(directory)) {
            id = id(confab.post(CONVERSATIONS, "{\"messages\":[{\"role\":\"user\",\"text\":\"needle one\"},"
                    + "{\"role\":\"user\",\"text\":\"needle two\"}]}").body());
        }
        Path head = directory.resolve("conversations").resolve(id + ".json");
        byte[] line = Files.readAllBytes(head);
        line[3] ^= 1;
        Files.write(head, line);
        return id;
    }

    /** As documented: sets the checksum that {@code show} prints. */
    private void repair(String id, String shown) throws IOException {
        assertThat(shown).contains("quarantine/" + id + ".json.corrupt: ", "quarantine/" + id + ".1.jsonl.corrupt: ",
                "  line 1: the checksum does not match", "cannot be restored: the head");
        Matcher checksum = Pattern.compile("as it is now has the checksum ([0-9a-f]{8})").matcher(shown);
        assertThat(checksum.find()).isTrue();
        Path head = directory.resolve("quarantine").resolve(id + ".json.corrupt");
        Files.writeString(head, "[\"" + checksum.group(1) + Files.readString(head).substring(10));
    }

    private static String id(String body) {
        return JSON.readTree(body).get("id").asString();
    }
}
