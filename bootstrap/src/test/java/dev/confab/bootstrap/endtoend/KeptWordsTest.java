package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.testsupport.postgres.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the assistant had said when its server ended is kept, marked incomplete, and the mark survives export and import. */
class KeptWordsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String API = "/api/v1";
    /** Lasts for minutes: no test waits for its end. */
    private static final String SLOW = "/slow 500 alpha" + " beta".repeat(500);
    private static final Pattern RENEWED = Pattern.compile("\"said\":\"alpha");

    @TempDir
    Path directory;

    @Test
    void a_stopped_server_keeps_them_on_files(@TempDir Path other) throws Exception {
        JsonNode session;
        JsonNode turn;
        try (var confab = RunningConfab.start(directory)) {
            session = startSession(confab);
            turn = startTurn(confab, session);
            awaitFirstWord(confab, turn);
        }

        String export;
        try (var confab = RunningConfab.start(directory)) {
            JsonNode kept = keptMessage(confab, turn, "instance-stopped");
            export = export(confab, session);
            assertThat(export).contains(kept.get("id").asString(), "\"incomplete\":\"instance-stopped\"");
        }
        try (var confab = RunningConfab.start(other)) {
            assertThat(confab.post(API + "/conversations/import", export).statusCode()).isEqualTo(201);
            assertThat(export(confab, session)).isEqualTo(export);
        }
    }

    @Test
    void a_stopped_server_keeps_them_on_postgres() throws Exception {
        try (var database = TestPostgres.shared().newDatabase(); var empty = TestPostgres.shared().newDatabase()) {
            JsonNode session;
            JsonNode turn;
            try (var confab = RunningConfab.start(database)) {
                session = startSession(confab);
                turn = startTurn(confab, session);
                awaitFirstWord(confab, turn);
            }
            String export;
            try (var confab = RunningConfab.start(database)) {
                keptMessage(confab, turn, "instance-stopped");
                export = export(confab, session);
            }
            try (var confab = RunningConfab.start(empty)) {
                assertThat(confab.post(API + "/conversations/import", export).statusCode()).isEqualTo(201);
                assertThat(export(confab, session)).isEqualTo(export)
                        .contains("\"incomplete\":\"instance-stopped\"");
            }
        }
    }

    /** The copy is what a kill would leave. */
    @Test
    void a_killed_server_keeps_those_of_the_last_renewal_and_its_turn_blocks_nothing(@TempDir Path killed)
            throws Exception {
        JsonNode session;
        JsonNode turn;
        try (var confab = RunningConfab.start(directory, "--confab.turn.lease=6s",
                "--confab.file.idle-checkpoint=1h")) {
            session = startSession(confab);
            turn = startTurn(confab, session);
            await().atMost(Duration.ofSeconds(60)).until(() -> RENEWED.matcher(journal()).find());
            copy(killed);
        }

        try (var confab = RunningConfab.start(killed)) {
            keptMessage(confab, turn, "instance-crashed");
            var next = confab.post(API + "/sessions/" + id(session) + "/turns", "{\"text\":\"/echo again\"}");
            assertThat(next.statusCode()).isEqualTo(202);
        }
    }

    private static JsonNode startSession(RunningConfab confab) throws Exception {
        return JSON.readTree(confab.post(API + "/sessions", "{}").body());
    }

    private static JsonNode startTurn(RunningConfab confab, JsonNode session) throws Exception {
        var started = confab.post(API + "/sessions/" + id(session) + "/turns", "{\"text\":\"" + SLOW + "\"}");
        assertThat(started.statusCode()).isEqualTo(202);
        return JSON.readTree(started.body());
    }

    private static void awaitFirstWord(RunningConfab confab, JsonNode turn) throws Exception {
        try (var body = confab.open(API + "/turns/" + id(turn) + "/events").body()) {
            var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)).lines();
            assertThat(lines.anyMatch(line -> line.contains("message.delta"))).isTrue();
        }
    }

    /** The message of the turn, which has failed with this code. */
    private static JsonNode keptMessage(RunningConfab confab, JsonNode turn, String code) throws Exception {
        JsonNode ended = JSON.readTree(confab.get(API + "/turns/" + id(turn)).body());
        assertThat(ended.get("state").asString()).isEqualTo("failed");
        assertThat(ended.at("/failure/code").asString()).isEqualTo(code);
        JsonNode message = JSON.readTree(confab.get(API + "/conversations/" + ended.get("conversationId").asString()
                + "/messages/" + ended.get("replyMessageId").asString()).body());
        assertThat(message.get("incomplete").asString()).isEqualTo(code);
        assertThat(message.get("text").asString()).startsWith("alpha");
        return message;
    }

    private static String export(RunningConfab confab, JsonNode session) throws Exception {
        return confab.get(API + "/conversations/" + session.get("conversationId").asString() + "/export").body();
    }

    private String journal() throws IOException {
        var lines = new StringBuilder();
        try (Stream<Path> segments = Files.list(directory.resolve("journal"))) {
            for (Path segment : segments.toList()) {
                lines.append(Files.readString(segment));
            }
        }
        return lines.toString();
    }

    /** Without the search index, which changes all the time and is built again. */
    private void copy(Path to) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.filter(path -> !path.startsWith(directory.resolve("index"))).toList()) {
                Path target = to.resolve(directory.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    private static String id(JsonNode json) {
        return json.get("id").asString();
    }
}
