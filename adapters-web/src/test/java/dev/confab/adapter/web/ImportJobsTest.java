package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The routes of imports. The format of the tests is that of {@link TestChatExports}. */
class ImportJobsTest extends WebTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OCTETS = "application/octet-stream";

    private final String chat = UUID.randomUUID().toString();

    private Reply upload(String query, String body, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        if (!all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", OCTETS));
        }
        return call("POST", "/imports" + query, BodyPublishers.ofString(body), all.toArray(String[]::new));
    }

    private JsonNode ended(Reply accepted) {
        String path = "/imports/" + accepted.expect(202).text("id");
        await().until(() -> !get(path).expect(200).json().get("finishedAt").isNull());
        return get(path).json();
    }

    @Test
    void a_file_is_imported_by_a_job_and_its_report_names_everything() {
        Reply accepted = upload("?name=chats.txt", "chat " + chat + " hello\nwhat?\n").expect(202);
        assertThat(accepted.header("Location")).isEqualTo("/api/v1/imports/" + accepted.text("id"));

        JsonNode job = ended(accepted);

        assertThat(job.get("state").stringValue()).isEqualTo("succeeded");
        assertThat(job.get("complete").booleanValue()).isFalse();
        assertThat(job.get("fileName").stringValue()).isEqualTo("chats.txt");
        assertThat(job.get("format").stringValue()).isEqualTo("test");
        assertThat(job.get("conversations").toString()).isEqualTo("{\"imported\":1,\"extended\":0,\"present\":0}");
        assertThat(job.get("refused").longValue()).isEqualTo(1);
        assertThat(job.get("highlights").size()).isOne();
        assertThat(job.at("/highlights/0/place").stringValue()).isEqualTo("chats.txt:2");
        assertThat(job.at("/highlights/0/reason").stringValue()).isEqualTo("is no chat");
        List<JsonNode> report = get("/imports/" + accepted.text("id") + "/report").expect(200).body().lines()
                .map(JSON::readTree).toList();
        assertThat(report).extracting(item -> item.get("kind").stringValue()).containsExactly("message",
                "conversation", "refused");
        String id = report.get(1).get("id").stringValue();
        assertThat(get("/conversations/" + id + "/messages").expect(200).body()).contains("hello");

        JsonNode again = ended(upload("", "chat " + chat + " hello\n"));
        assertThat(again.get("conversations").toString()).isEqualTo("{\"imported\":0,\"extended\":0,\"present\":1}");
        assertThat(again.get("complete").booleanValue()).isTrue();
        assertThat(get("/imports").expect(200).json().get("items").size()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_part_of_a_multipart_body_is_the_file_and_gives_its_name() {
        String multipart = """
                --limit\r
                Content-Disposition: form-data; name="file"; filename="C:\\\\chats\\\\mine.txt"\r
                Content-Type: text/plain\r
                \r
                chat %s from a form\r
                --limit%s""".formatted(chat, "%s");
        String type = "multipart/form-data; boundary=limit";

        JsonNode job = ended(upload("", multipart.formatted("--\r\n"), "Content-Type", type));
        assertThat(job.get("fileName").stringValue()).endsWith("mine.txt").doesNotContain("\\");
        assertThat(job.get("messages").get("imported").longValue()).isEqualTo(1);

        String two = multipart
                .formatted("\r\nContent-Disposition: form-data; name=\"zone\"\r\n\r\nUTC\r\n--limit--\r\n");
        assertThat(upload("", two, "Content-Type", type).expect(400).body()).contains("more than one part");
        assertThat(upload("", "no boundary", "Content-Type", "multipart/form-data").expect(400).body())
                .contains("multipart");
        String cut = multipart.substring(0, multipart.lastIndexOf("\r\n--limit"));
        assertThat(upload("", cut, "Content-Type", type).expect(400).body()).contains("multipart");
    }

    @Test
    void a_file_of_no_format_is_rejected_with_what_was_looked_for() {
        Reply rejected = upload("", "Dear diary").expect(422);
        assertThat(rejected.text("code")).isEqualTo("import-rejected");
        assertThat(rejected.text("detail")).contains("looked for", "test");
        upload("", "").expect(422);

        Reply local = upload("", "chat local " + chat).expect(422);
        assertThat(local.text("parameter")).isEqualTo("zone");
        ended(upload("?zone=Europe/Berlin&dateOrder=dmy&format=auto", "chat local " + chat));
        assertThat(upload("?format=other", "chat a b").expect(422).text("parameter")).isEqualTo("format");
    }

    @Test
    void wrong_parameters_and_bodies_are_rejected() {
        assertThat(upload("?zone=Nowhere", "chat a b").expect(400).body()).contains("zone: must be a time zone");
        assertThat(upload("?dateOrder=later", "chat a b").expect(400).body()).contains("dmy or mdy or ymd");
        assertThat(upload("?dryRun=perhaps", "chat a b").expect(400).body()).contains("dryRun");
        assertThat(upload("?name=" + "n".repeat(256), "chat a b").expect(400).body()).contains("255");
        upload("?other=1", "chat a b").expect(400);
        upload("", "chat a b", "Content-Encoding", "gzip").expect(415);
        upload("", "chat=a", "Content-Type", "application/x-www-form-urlencoded");
        Reply large = upload("", "chat " + chat + " " + "x".repeat((int) TestServer.MAX_UPLOAD_BYTES));
        assertThat(large.expect(413).text("code")).isEqualTo("content-too-large");
    }

    @Test
    void a_trial_stores_nothing() {
        JsonNode job = ended(upload("?dryRun=true", "chat " + chat + " a trial\n"));

        assertThat(job.get("conversations").get("imported").longValue()).isEqualTo(1);
        String id = get("/imports/" + job.get("id").stringValue() + "/report").body().lines().map(JSON::readTree)
                .filter(item -> item.get("kind").stringValue().equals("conversation")).findFirst().orElseThrow()
                .get("id").stringValue();
        get("/conversations/" + id).expect(404);
    }

    @Test
    void a_repeated_request_with_the_same_key_returns_the_same_job() {
        String key = "key-" + chat;
        Reply first = upload("", "chat " + chat + " once\n", "Idempotency-Key", key).expect(202);

        Reply again = upload("", "chat " + chat + " once\n", "Idempotency-Key", key).expect(202);
        assertThat(again.text("id")).isEqualTo(first.text("id"));
        Reply other = upload("", "chat " + chat + " other\n", "Idempotency-Key", key).expect(409);
        assertThat(other.text("code")).isEqualTo("import-id-reused");
        ended(first);
    }

    @Test
    void an_import_of_nothing_is_no_success() {
        JsonNode job = ended(upload("", "chat \nchat\n"));

        assertThat(job.get("state").stringValue()).isEqualTo("failed");
        assertThat(job.get("failure").stringValue()).contains("refused: 2");
    }

    @Test
    void an_import_that_has_ended_stays_as_it_is_and_unknown_ones_are_not_found() {
        JsonNode job = ended(upload("", "chat " + chat + " text\n"));
        String path = "/imports/" + job.get("id").stringValue();

        assertThat(post(path + "/cancel", "").expect(200).json()).isEqualTo(job);
        for (String unknown : List.of("/imports/" + UUID.randomUUID())) {
            assertThat(get(unknown).expect(404).text("code")).isEqualTo("import-not-found");
            get(unknown + "/report").expect(404);
            post(unknown + "/cancel", "").expect(404);
        }
        get("/imports/1").expect(400);
    }
}
