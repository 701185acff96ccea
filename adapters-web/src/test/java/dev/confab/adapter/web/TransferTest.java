package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransferTest extends WebTest {
    private static final String IMPORT = "/conversations/import";

    @Test
    void an_export_holds_everything_and_is_taken_in_again() {
        String path = conversation("{\"title\":\"T\",\"messages\":["
                + "{\"role\":\"user\",\"text\":\"a\",\"data\":{\"x\":1.0}},{\"role\":\"tool\",\"text\":\"b\"}]}");
        Reply export = get(path + "/export").expect(200);
        assertThat(export.header("Content-Type")).isEqualTo(JSON);
        assertThat(export.json().propertyNames()).containsExactly("format", "formatVersion", "conversation", "messages",
                "end");
        assertThat(export.json().at("/end/messages").intValue()).isEqualTo(2);
        assertThat(export.body()).contains("\"data\":{\"x\":1.0}");

        post(IMPORT, export.body()).expect(200);
        delete(path).expect(204);
        delete(path + "?purge=true").expect(204);
        Reply imported = post(IMPORT, export.body()).expect(201);

        assertThat(imported.header("Location")).isEqualTo("/api/v1" + path);
        assertThat(imported.header("ETag")).isEqualTo("\"3\"");
        assertThat(get(path + "/export").body()).isEqualTo(export.body());
        post(IMPORT, export.body()).expect(200);
        String other = export.body().replace("\"T\"", "\"U\"");
        post(IMPORT, other).expectProblem(409, "conversation-id-reused");
        assertThat(post(IMPORT + "?onConflict=new-id", other).expect(201).text("id"))
                .isNotEqualTo(imported.text("id"));
        post(IMPORT + "?onConflict=replace", other).expectProblem(400, "invalid-request");
    }

    @Test
    void an_import_that_is_not_whole_stores_nothing() {
        String export = get(conversation(2) + "/export").body();
        String id = UUID.randomUUID().toString();
        String other = export.replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + id + "\"");

        post(IMPORT, other.replaceFirst(",\"end\":.*", "}")).expectInvalidAt("#/end");
        post(IMPORT, other.replace("\"end\":{\"messages\":2}", "\"end\":{\"messages\":3}"))
                .expectInvalidAt("#/end/messages");
        post(IMPORT, other.substring(0, other.length() - 20)).expectProblem(400, "invalid-request");
        post(IMPORT, other.replace("\"position\":2", "\"position\":3")).expectProblem(400, "invalid-request");
        post(IMPORT, other.replace("\"role\":\"user\"", "\"role\":\"boss\"")).expectInvalidAt("#/messages/0/role");
        post(IMPORT, other.replace("\"formatVersion\":1", "\"formatVersion\":2")).expectInvalidAt("#/formatVersion");
        post(IMPORT, other.replace("\"text\":\"text 2\"", "\"text\":\"\\ud800\"")).expectInvalidAt("#/messages/1/text");
        post(IMPORT, other.replace("\"end\":", "\"colour\":1,\"end\":")).expectInvalidAt("#/colour");
        post(IMPORT, "").expectProblem(400, "invalid-request");
        post(IMPORT, "{}").expectInvalidAt("#/format");
        get("/conversations/" + id).expectProblem(404, "conversation-not-found");
        post(IMPORT, other).expect(201);
    }

    @Test
    void an_import_past_the_limit_is_413() {
        String large = "{\"format\":\"" + "x".repeat((int) TestServer.MAX_IMPORT_BYTES) + "\"}";

        post(IMPORT, large).expectProblem(413, "content-too-large");
        call("POST", IMPORT, BodyPublishers.ofInputStream(
                () -> new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))), "Content-Type", JSON)
                .expectProblem(413, "content-too-large");
    }

    @Test
    void an_export_that_fails_in_the_middle_never_ends_cleanly() throws IOException {
        String path = conversation("{}");
        String big = "x".repeat(1_000_000);
        for (int i = 0; i < 12; i++) {
            post(path + "/messages", draft(big)).expect(201);
        }
        store.failLaterWindows(() -> new StorageUnavailable("gone"));

        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("GET /api/v1" + path + "/export HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            String answer = readUntilClosed(socket);
            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Transfer-Encoding: chunked")
                    .doesNotContain("\"end\"").doesNotContain("problem").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void a_missing_conversation_is_not_exported() {
        get("/conversations/" + UUID.randomUUID() + "/export").expectProblem(404, "conversation-not-found");
        assertThat(call("HEAD", conversation(1) + "/export", BodyPublishers.noBody()).expect(200).body()).isEmpty();
    }

    private static String readUntilClosed(Socket socket) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (java.net.SocketException reset) {
            // a reset is the clearest of breaks
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
