package dev.confab.adapter.web;

import static dev.confab.domain.access.Scope.READ;
import static dev.confab.domain.access.Scope.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A server with log-in behind a reverse proxy at 127.0.0.1, which calls it under its public name or by its address. */
@ExtendWith(OutputCaptureExtension.class)
class ProxyTest extends KeyTest {
    private static final String STRANGER = "127.0.0.2";
    private static final String EMPTY = "Content-Type: application/json\r\nContent-Length: 0\r\n";

    @Test
    void only_the_allowed_host_names_are_accepted() throws IOException {
        String token = "\r\nAuthorization: " + key("ann", READ) + "\r\n";

        assertThat(sendHead("GET /api/v1/info HTTP/1.1\r\nHost: CHAT.example" + token)).startsWith("HTTP/1.1 200 ");
        assertThat(sendHead("GET /api/v1/info HTTP/1.1\r\nHost: chat.example:8443" + token))
                .startsWith("HTTP/1.1 200 ");
        for (String host : new String[]{"evil.example", "localhost", "chat.example.evil.example"}) {
            assertThat(sendHead("GET /api/v1/info HTTP/1.1\r\nHost: " + host + token)).as(host)
                    .startsWith("HTTP/1.1 403 ").contains("forbidden-origin");
        }
    }

    @Test
    void the_proxys_headers_are_believed_and_a_strangers_are_not() throws IOException {
        String write = "POST /api/v1/conversations HTTP/1.1\r\nHost: 127.0.0.1\r\n" + EMPTY + "Authorization: "
                + key("ann", WRITE) + "\r\nOrigin: https://chat.example\r\nX-Forwarded-Host: chat.example\r\n"
                + "X-Forwarded-Proto: https\r\nX-Forwarded-For: 203.0.113.9\r\n";

        // The page has the origin that the proxy serves, so it is not foreign.
        assertThat(sendHead(write)).startsWith("HTTP/1.1 201 ");
        assertThat(sendHeadFrom(STRANGER, write)).startsWith("HTTP/1.1 403 ").contains("forbidden-origin");
        String foreign = "GET /api/v1/info HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: chat.example\r\n";
        assertThat(sendHeadFrom(STRANGER, foreign)).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void the_audit_log_has_the_clients_address_only_from_the_proxy(CapturedOutput output) throws IOException {
        String wrong = "GET /api/v1/info HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\nX-Forwarded-For: ";

        sendHead(wrong + "203.0.113.7\r\nX-Request-Id: by-proxy\r\n");
        sendHeadFrom(STRANGER, wrong + "203.0.113.8\r\nX-Request-Id: by-stranger\r\n");

        assertThat(output.getOut().lines().filter(line -> line.contains("Log-in failed")))
                .anyMatch(line -> line.contains("from=203.0.113.7 request=by-proxy"))
                .anyMatch(line -> line.contains("from=127.0.0.2 request=by-stranger"));
    }
}
