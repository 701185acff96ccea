package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.confab.adapter.web.problem.ProblemAdvice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.test.context.TestPropertySource;

/** Requests whose bodies do not arrive as announced, on a server that waits for one second, instead of a minute, for more bytes. */
@TestPropertySource(properties = "server.tomcat.connection-timeout=1s")
class BrokenRequestsTest extends WebTest {
    private static final String POST = "POST /api/v1/conversations HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\n";

    /** Lines about problems; those of the other classes are of no interest here. */
    private final Logger logger = (Logger) LoggerFactory.getLogger(ProblemAdvice.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void a_body_that_ends_early_is_400() throws IOException {
        expect(400, "invalid-request", POST + "X-Request-Id: early\r\nContent-Length: 40\r\n\r\n{\"title\":\"a\"}",
                true);
        expectOneLine("early");
    }

    @Test
    void a_malformed_chunk_is_400() throws IOException {
        expect(400, "invalid-request", POST + "X-Request-Id: chunk\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
                false);
        expectOneLine("chunk");
    }

    @Test
    void a_body_that_stalls_is_408() throws IOException {
        String answer = expect(408, "request-timeout",
                POST + "X-Request-Id: stalled\r\nContent-Length: 40\r\n\r\n{\"title\":", false);
        assertThat(answer).contains("Connection: close");
        expectOneLine("stalled");
    }

    @Test
    void an_import_that_ends_early_is_400() throws IOException {
        expect(400, "invalid-request", POST.replace("conversations", "conversations/import")
                + "X-Request-Id: import\r\nContent-Length: 40\r\n\r\n{\"format\":", true);
        expectOneLine("import");
    }

    @Test
    void a_body_that_is_too_large_is_413_before_it_is_sent() throws IOException {
        String answer = expect(413, "content-too-large",
                POST + "Content-Length: 99000000\r\nExpect: 100-continue\r\n\r\n", false);
        assertThat(answer).doesNotContain("100 Continue");
    }

    @Test
    void a_body_that_is_expected_is_asked_for() throws IOException {
        String answer = send(POST + "Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n{}", false);
        assertThat(answer).startsWith("HTTP/1.1 100").contains("HTTP/1.1 201");
    }

    @Test
    void headers_that_the_service_cannot_obey_are_refused() throws IOException {
        expect(415, "unsupported-media-type", POST + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", true);
        expect(400, "invalid-request", POST + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", true);
        expect(505, "http-version-not-supported", "GET /api/v1/info HTTP/3.7\r\nHost: localhost\r\n\r\n", true);
        expect(501, "not-implemented", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n", true);
    }

    @Test
    void the_rest_of_a_rejected_body_is_not_waited_for_forever() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            String request = POST.replace("application/json", "text/plain") + "Content-Length: 100000\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            Thread client = Thread.ofVirtual().start(() -> trickle(socket));

            String answer = readUntilClosed(socket);

            assertThat(answer).startsWith("HTTP/1.1 415 ").contains("\"code\":\"unsupported-media-type\"");
            client.interrupt();
        }
    }

    @Test
    void after_a_rejected_body_that_was_sent_whole_the_connection_serves_on() throws IOException {
        String rejected = POST.replace("application/json", "text/plain") + "Content-Length: 2\r\n\r\n{}";

        String answers = send(rejected + "GET /api/v1/info HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                false);

        assertThat(answers).startsWith("HTTP/1.1 415 ").contains("HTTP/1.1 200 ");
    }

    /** A server that closes a connection with unread bytes resets it. */
    private static String readUntilClosed(Socket socket) throws IOException {
        var answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (SocketException reset) {
            // What had arrived is read.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** A byte, often enough for a read that waits a second; it stops when the server closes the connection. */
    private static void trickle(Socket socket) {
        try {
            while (!Thread.interrupted()) {
                socket.getOutputStream().write('x');
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        } catch (IOException closed) {
            // as it should be
        }
    }

    private String expect(int status, String code, String request, boolean end) throws IOException {
        String answer = send(request, end);
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ")
                .contains("Content-Type: application/problem+json", "\"code\":\"" + code + "\"", "X-Request-Id: ");
        return answer;
    }

    private void expectOneLine(String requestId) {
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getMDCPropertyMap()).containsEntry("requestId", requestId);
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getFormattedMessage()).startsWith("POST /api/v1/conversations");
        });
    }

    private String send(String request, boolean end) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            if (end) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
