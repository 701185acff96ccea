package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api.Answer;
import dev.confab.bootstrap.campaign.GroupChat.Said;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The history of a group goes into a server with a heap of 256 MiB, with its authors and times, is exported, purged and imported, and is
 * then the same.
 */
@Tag("process")
class GroupHistoryTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HEAP = "-Xmx256m";
    private static final int BATCH = 1_000;
    /** As many as an import takes. */
    private static final int SHORT = 9_000;
    private static final int LONG = 120_000;
    private static final String CONVERSATION = "0198c2f0-0000-7000-8000-000000000001";
    private static final String PATH = "/conversations/" + CONVERSATION;

    @TempDir
    Path directory;

    @Test
    void a_history_comes_back_as_it_was_on_files() throws Exception {
        onFiles(SHORT);
    }

    @Test
    void a_history_comes_back_as_it_was_on_postgresql() throws Exception {
        onPostgres(SHORT);
    }

    @Test
    @Tag("campaign")
    void a_history_of_120000_messages_comes_back_as_it_was_on_files() throws Exception {
        onFiles(LONG);
    }

    @Test
    @Tag("campaign")
    void a_history_of_120000_messages_comes_back_as_it_was_on_postgresql() throws Exception {
        onPostgres(LONG);
    }

    private void onFiles(int messages) throws Exception {
        history(List.of("--confab.file.directory=" + directory.resolve("data")), messages);
    }

    private void onPostgres(int messages) throws Exception {
        try (Database database = TestPostgres.shared().newDatabase()) {
            history(List.of("--confab.persistence=jpa", "--spring.datasource.url=" + database.url(),
                    "--spring.datasource.username=" + database.username(),
                    "--spring.datasource.password=" + database.password()), messages);
        }
    }

    private void history(List<String> settings, int count) throws Exception {
        List<Said> chat = GroupChat.messages(count);
        try (var server = ServerProcess.launch(HEAP, settings)) {
            server.awaitServing();
            bringIn(server.api(), chat);
            expectSame(server.api(), chat);
            expectContext(server.api(), chat);

            Path before = export(server, "before.json");
            purge(server.api());
            assertThat(importAll(server, before)).isEqualTo(201);

            expectSame(server.api(), chat);
            assertThat(Files.mismatch(before, export(server, "after.json"))).as("the first byte that differs")
                    .isEqualTo(-1);
            assertThat(server.logLines()).noneMatch(line -> line.contains("OutOfMemoryError"));
        }
    }

    private static void bringIn(Api api, List<Said> chat) throws IOException {
        var conversation = JSON.createObjectNode().put("id", CONVERSATION).put("title", "The group");
        assertThat(api.send("POST", "/conversations", Optional.of(conversation)).status()).isEqualTo(201);
        for (int from = 0; from < chat.size(); from += BATCH) {
            ObjectNode batch = JSON.createObjectNode();
            ArrayNode drafts = batch.putArray("messages");
            chat.subList(from, Math.min(chat.size(), from + BATCH)).forEach(said -> drafts.addObject()
                    .put("id", said.id().toString()).put("role", "user").put("author", said.author())
                    .put("createdAt", written(said.at())).put("text", said.text()));
            Answer answer = api.send("POST", PATH + "/messages/batch", Optional.of(batch));
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        }
    }

    /** Reads all messages, page by page. */
    private static void expectSame(Api api, List<Said> chat) throws IOException {
        var stored = new ArrayList<Said>();
        while (true) {
            JsonNode items = api.get(PATH + "/messages?limit=1000&after=" + stored.size()).body().get("items");
            for (JsonNode item : items) {
                assertThat(item.get("position").asInt()).isEqualTo(stored.size() + 1);
                stored.add(new Said(UUID.fromString(item.get("id").asString()), item.get("author").asString(),
                        Instant.parse(item.get("createdAt").asString()), item.get("text").asString()));
            }
            if (items.isEmpty()) {
                // Not by AssertJ, which would print all of them.
                assertThat(stored.equals(chat)).as("the messages are those of the chat").isTrue();
                return;
            }
        }
    }

    /** A model is told the end of the history. */
    private static void expectContext(Api api, List<Said> chat) throws IOException {
        JsonNode context = api.get(PATH + "/context?maxTokens=4000&model=gpt-4o").body();
        int told = context.get("items").size();

        assertThat(told).isBetween(20, 500);
        assertThat(context.get("omitted").asInt()).isEqualTo(chat.size() - told);
        assertThat(context.get("tokens").asInt()).isBetween(3_500, 4_000);
        assertThat(context.at("/items/" + (told - 1) + "/message/text").asString()).isEqualTo(chat.getLast().text());
    }

    private static void purge(Api api) throws IOException {
        assertThat(api.send("DELETE", PATH, Optional.empty()).status()).isEqualTo(204);
        assertThat(api.send("DELETE", PATH + "?purge=true", Optional.empty()).status()).isEqualTo(204);
        assertThat(api.get(PATH).status()).isEqualTo(404);
    }

    private Path export(ServerProcess server, String name) throws IOException, InterruptedException {
        HttpResponse<Path> answer = send(request(server, PATH + "/export").build(),
                BodyHandlers.ofFile(directory.resolve(name)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static int importAll(ServerProcess server, Path export) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(server, "/conversations/import")
                .header("Content-Type", "application/json").POST(BodyPublishers.ofFile(export)).build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return answer.statusCode();
    }

    private static HttpRequest.Builder request(ServerProcess server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path));
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, body);
        }
    }

    /** With milliseconds, as the API wants it. */
    private static String written(Instant time) {
        return time.toString().replaceAll("(?<=:\\d\\d)Z$", ".000Z");
    }
}
