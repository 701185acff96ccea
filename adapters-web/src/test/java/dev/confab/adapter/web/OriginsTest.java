package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest extends WebTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1:1", "://", "http://[", "http://a:b:c",
            "%", "http://127.0.0.1:99999999",
            "http://localhost.evil.example"})
    void a_page_of_a_foreign_origin_may_not_write(String origin) {
        post("/conversations", "{}", "Origin", origin).expectProblem(403, "forbidden-origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[", "http://a:b:c", "://", "http://127.0.0.1:99999999"})
    void a_malformed_origin_may_not_read_either(String origin) {
        get("/info", "Origin", origin).expectProblem(403, "forbidden-origin");
    }

    @Test
    void pages_of_the_same_and_of_an_allowed_origin_may() {
        post("/conversations", "{}", "Origin", "http://127.0.0.1:" + port).expect(201);
        Reply reply = post("/conversations", "{}", "Origin", TestServer.ALLOWED_ORIGIN).expect(201);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(TestServer.ALLOWED_ORIGIN);
        assertThat(reply.header("Access-Control-Expose-Headers")).contains("ETag", "Conversation-Version", "Location");
        get("/info", "Origin", "https://evil.example").expectProblem(403, "forbidden-origin");
    }

    @Test
    void a_preflight_is_answered_for_an_allowed_origin_only() throws IOException {
        assertThat(
                sendHead("OPTIONS /api/v1/conversations HTTP/1.1\r\nHost: localhost\r\nOrigin: "
                        + TestServer.ALLOWED_ORIGIN
                        + "\r\nAccess-Control-Request-Method: PATCH\r\nAccess-Control-Request-Headers: if-match\r\n"))
                .startsWith("HTTP/1.1 200 ").contains("Access-Control-Allow-Methods: GET,HEAD,POST,PUT,PATCH,DELETE");
        assertThat(
                sendHead("OPTIONS /api/v1/conversations HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n"
                        + "Access-Control-Request-Method: PATCH\r\n"))
                .startsWith("HTTP/1.1 403 ")
                .doesNotContain("Access-Control-Allow-Origin");
    }

    @Test
    void a_page_of_another_site_reads_nothing_unless_it_is_allowed() throws IOException {
        String read = "GET /api/v1/info HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: ";
        assertThat(sendHead(read + "cross-site\r\nSec-Fetch-Dest: image\r\n")).startsWith("HTTP/1.1 403 ")
                .contains("forbidden-origin");
        assertThat(sendHead(read + "cross-site\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(
                sendHead(read + "cross-site\r\nSec-Fetch-Dest: empty\r\nOrigin: " + TestServer.ALLOWED_ORIGIN + "\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(sendHead(read + "cross-site\r\nSec-Fetch-Dest: document\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(sendHead(read + "same-origin\r\nSec-Fetch-Dest: empty\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void headers_forbid_browsers_to_embed_or_store_responses() throws Exception {
        Reply found = get("/info").expect(200);
        Reply missing = get("/nothing").expectProblem(404, "not-found");
        for (Reply reply : List.of(found, missing)) {
            expectSecure(reply);
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        }
        String page = sendHead("GET /swagger-ui/index.html HTTP/1.1\r\nHost: localhost\r\n");
        assertThat(page).startsWith("HTTP/1.1 200 ").contains("X-Content-Type-Options: nosniff")
                .doesNotContain("no-store");
    }

    private static void expectSecure(Reply reply) {
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy")).isEqualTo("frame-ancestors 'none'");
        assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @Test
    void a_rebound_host_name_reaches_nothing() throws IOException {
        assertThat(sendHead("GET /api/v1/info HTTP/1.1\r\nHost: evil.example\r\n")).startsWith("HTTP/1.1 403 ")
                .contains("forbidden-origin");
        assertThat(sendHead("GET /api/v1/info HTTP/1.1\r\nHost: localhost:" + port + "\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(sendHead("GET /api/v1/info HTTP/1.1\r\nHost: [::1]\r\n")).startsWith("HTTP/1.1 200 ");
    }
}
