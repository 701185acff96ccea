package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Imports over HTTP, on a store that subclasses choose. */
abstract class ImportJobsContract {
    static final JsonMapper JSON = new JsonMapper();
    private static final String IMPORTS = "/api/v1/imports";

    /** Starts an instance on the storage of this test. */
    abstract RunningConfab start(String... settings) throws Exception;

    @Test
    void an_export_is_imported_once_and_read_back() throws Exception {
        try (var confab = start()) {
            JsonNode first = ended(confab, upload(confab, ImportChatsCommandTest.chatGpt(3)));
            assertThat(first.get("state").stringValue()).as(first.toString()).isEqualTo("succeeded");
            assertThat(first.get("complete").booleanValue()).isTrue();
            assertThat(first.get("conversations").toString())
                    .isEqualTo("{\"imported\":6,\"extended\":0,\"present\":0}");
            assertThat(first.get("messages").get("imported").longValue()).isEqualTo(9);
            assertThat(report(confab, first)).hasSize(15);
            assertThat(confab.get("/api/v1/search?q=question").body()).contains("Chat 0");

            JsonNode again = ended(confab, upload(confab, ImportChatsCommandTest.chatGpt(3)));
            assertThat(again.get("conversations").toString())
                    .isEqualTo("{\"imported\":0,\"extended\":0,\"present\":6}");
            assertThat(again.get("messages").get("present").longValue()).isEqualTo(9);

            assertThat(confab.post(IMPORTS, "\"Dear diary\"").statusCode()).isEqualTo(422);
        }
    }

    @Test
    void a_job_goes_on_after_a_restart_and_its_report_names_everything_once() throws Exception {
        int chats = 400;
        String id;
        try (var confab = start()) {
            id = upload(confab, ImportChatsCommandTest.chatGpt(chats));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> get(confab, id).get("conversations").get("imported").longValue() > 10);
        }

        try (var confab = start()) {
            JsonNode job = ended(confab, id);
            assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("succeeded");
            assertThat(job.get("conversations").toString())
                    .isEqualTo("{\"imported\":" + 2 * chats + ",\"extended\":0,\"present\":0}");
            assertThat(job.get("messages").toString())
                    .isEqualTo("{\"imported\":" + 3 * chats + ",\"present\":0,\"changed\":0,\"kept\":0}");
            Map<String, Integer> named = new HashMap<>();
            report(confab, job).forEach(item -> named.merge(item.get("id").stringValue(), 1, Integer::sum));
            assertThat(named).hasSize(5 * chats);
            assertThat(named.values()).containsOnly(1);
        }
    }

    @Test
    void a_job_that_runs_is_cancelled_and_keeps_what_it_has_imported() throws Exception {
        try (var confab = start()) {
            String id = upload(confab, ImportChatsCommandTest.chatGpt(2_000));
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> get(confab, id).get("conversations").get("imported").longValue() > 0);

            assertThat(confab.post(IMPORTS + "/" + id + "/cancel", "").statusCode()).isEqualTo(200);

            JsonNode job = ended(confab, id);
            assertThat(job.get("state").stringValue()).isEqualTo("cancelled");
            long imported = job.get("conversations").get("imported").longValue();
            assertThat(imported).isPositive().isLessThan(4_000);
            assertThat(report(confab, job).stream().filter(item -> item.get("kind").stringValue()
                    .equals("conversation"))).hasSize((int) imported);
        }
    }

    /** Uploads the export, and returns the id of its job. */
    static String upload(RunningConfab confab, String export) throws Exception {
        var response = confab.call("POST", IMPORTS + "?name=conversations.json", export);
        String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(body).isEqualTo(202);
        return JSON.readTree(body).get("id").stringValue();
    }

    static JsonNode get(RunningConfab confab, String id) throws Exception {
        return JSON.readTree(confab.get(IMPORTS + "/" + id).body());
    }

    static JsonNode ended(RunningConfab confab, String id) throws Exception {
        await().atMost(Duration.ofMinutes(2)).until(() -> !get(confab, id).get("finishedAt").isNull());
        return get(confab, id);
    }

    static List<JsonNode> report(RunningConfab confab, JsonNode job) throws Exception {
        return confab.get(IMPORTS + "/" + job.get("id").stringValue() + "/report").body().lines().map(JSON::readTree)
                .toList();
    }
}
