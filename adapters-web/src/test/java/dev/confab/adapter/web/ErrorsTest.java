package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.port.TransactionTooLarge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest extends WebTest {

    @Test
    void missing_resources_are_404() {
        get("/nothing").expectProblem(404, "not-found");
        get("/conversations/").expectProblem(404, "not-found");
        get("/conversations/" + UUID.randomUUID()).expectProblem(404, "conversation-not-found");
        String path = conversation("{}");
        get(path + "/messages/" + UUID.randomUUID()).expectProblem(404, "message-not-found");
        get("/conversations/1").expectProblem(400, "invalid-request");
        call("PUT", "/nothing", BodyPublishers.noBody()).expectProblem(404, "not-found");
    }

    @Test
    void a_wrong_method_is_405_with_those_allowed() {
        Reply reply = call("PUT", "/conversations", BodyPublishers.noBody()).expectProblem(405, "method-not-allowed");
        assertThat(reply.header("Allow")).contains("GET", "POST");
        assertThat(delete("/info").expectProblem(405, "method-not-allowed").header("Allow")).contains("GET");
    }

    @Test
    void an_unacceptable_media_type_is_406_as_a_problem() {
        get("/info", "Accept", "application/yaml").expectProblem(406, "not-acceptable");
        get("/conversations/" + UUID.randomUUID(), "Accept", "text/html").expectProblem(406, "not-acceptable");
        get("/conversations/" + UUID.randomUUID(), "Accept", "application/json").expectProblem(404,
                "conversation-not-found");
    }

    @Test
    void a_body_of_9_MiB_is_413_with_and_without_its_length() {
        byte[] large = draft("x".repeat(9 * 1024 * 1024)).getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < 3; i++) {
            call("POST", "/conversations", BodyPublishers.ofByteArray(large), "Content-Type", JSON).expectProblem(413,
                    "content-too-large");
            call("POST", "/conversations", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
                    "Content-Type", JSON).expectProblem(413, "content-too-large");
        }
    }

    @Test
    void a_body_exactly_at_the_limit_is_read() {
        int limit = 8 * 1024 * 1024;
        expectAtLimit("/conversations", "{}", limit, 201);
        expectAtLimit("/conversations/import", get(conversation(1) + "/export").body(),
                (int) TestServer.MAX_IMPORT_BYTES, 200);
    }

    private void expectAtLimit(String path, String json, int limit, int status) {
        byte[] exact = (json + " ".repeat(limit - json.length())).getBytes(StandardCharsets.UTF_8);
        byte[] more = java.util.Arrays.copyOf(exact, limit + 1);
        more[limit] = ' ';

        call("POST", path, BodyPublishers.ofByteArray(exact), "Content-Type", JSON).expect(status);
        call("POST", path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(exact)), "Content-Type", JSON)
                .expect(status);
        call("POST", path, BodyPublishers.ofByteArray(more), "Content-Type", JSON).expectProblem(413,
                "content-too-large");
        call("POST", path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(more)), "Content-Type", JSON)
                .expectProblem(413, "content-too-large");
    }

    @Test
    void storage_failures_say_whether_to_repeat() {
        String path = conversation("{}") + "/messages";

        store.failWrites(() -> new LockTimeout("busy"));
        expectLater(post(path, draft("a")), "lock-timeout", "true");
        store.failWrites(() -> new StorageUnavailable("/var/data is full"));
        assertThat(expectLater(post(path, draft("a")), "storage-unavailable", "true").body()).doesNotContain("/var");
        store.failWrites(() -> new CommitOutcomeUnknown("fsync"));
        expectLater(post(path, draft("a")), "outcome-unknown", "false");
        store.failWrites(() -> new TransactionTooLarge("more than 16 MiB"));
        post(path, draft("a")).expectProblem(413, "content-too-large");
        store.failWrites(() -> new ConversationDamaged(new ConversationId(UUID.randomUUID())));
        post(path, draft("a")).expectProblem(500, "conversation-damaged");
    }

    @Test
    void an_internal_error_tells_nothing_of_the_inside() {
        String path = conversation("{}") + "/messages";
        store.failWrites(() -> new IllegalStateException("SELECT secret FROM /etc/passwd"));

        Reply reply = post(path, draft("a"), "X-Request-Id", "my.id-1_A").expectProblem(500, "internal-error");

        assertThat(reply.body()).doesNotContain("SELECT", "IllegalState", "java", "passwd");
        assertThat(reply.text("requestId")).isEqualTo("my.id-1_A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ü", "<script>"})
    void a_malformed_request_id_is_replaced(String id) throws IOException {
        assertThat(raw("GET /api/v1/info HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: " + id
                + "\r\n\r\n")).containsPattern("X-Request-Id: [0-9a-f]{32}\r\n");
        assertThat(get("/info", "X-Request-Id", "x".repeat(65)).header("X-Request-Id")).hasSize(32);
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void every_problem_is_explained_where_its_type_points(ProblemCode code) throws Exception {
        Reply page = Reply.of(CLIENT.send(java.net.http.HttpRequest.newBuilder(
                uri("/info").resolve("/problems/" + code.code())).build(),
                java.net.http.HttpResponse.BodyHandlers.ofByteArray()));

        assertThat(page.expect(200).body()).contains(code.title());
        assertThat(page.header("Content-Type")).startsWith("text/html");
    }

    @Test
    void requests_that_the_server_refuses_itself_get_a_problem_too() throws IOException {
        expectRaw(400, "invalid-request", "GET /api/v1/<> HTTP/1.1\r\nHost: localhost\r\n\r\n");
        expectRaw(400, "invalid-request", "GET /api/v1/info HTTP/1.1\r\n\r\n");
        expectRaw(400, "invalid-request", "GET /api/v1/%2e%2e%2f HTTP/1.1\r\nHost: localhost\r\n\r\n");
        expectRaw(400, "invalid-request", "GET /api/v1/conversations?limit=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        expectRaw(400, "invalid-request", "GET /api/v1/conversations?limit=%ff HTTP/1.1\r\nHost: localhost\r\n\r\n");
        expectRaw(400, "invalid-request", "nonsense\r\n\r\n");
        expectRaw(414, "uri-too-long",
                "GET /api/v1/info?" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        expectRaw(431, "request-header-fields-too-large",
                "GET /api/v1/info HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
        expectRaw(405, "method-not-allowed", "TRACE /api/v1/info HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private void expectRaw(int status, String code, String request) throws IOException {
        String answer = raw(request);
        assertThat(answer).as(request).startsWith("HTTP/1.1 " + status + " ")
                .contains("Content-Type: application/problem+json").contains("\"code\":\"" + code + "\"")
                .contains("X-Request-Id: ");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Reply expectLater(Reply reply, String code, String repeatable) {
        reply.expectProblem(503, code);
        assertThat(reply.header("Retry-After")).isEqualTo("2");
        assertThat(reply.text("repeatable")).isEqualTo(repeatable);
        return reply;
    }
}
