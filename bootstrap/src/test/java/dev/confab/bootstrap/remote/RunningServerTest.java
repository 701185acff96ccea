package dev.confab.bootstrap.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.domain.conversation.OwnerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers as the test says. */
class RunningServerTest {
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer http;
    private RunningServer server;

    private record Answer(int status, String retryAfter, String body) {
    }

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
        server = RunningServer.at(URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/"),
                Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Confab-Owner"));
        Answer answer = answers.remove();
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
        }
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void a_read_beyond_the_rate_is_made_again_after_the_wait() {
        answers.addAll(List.of(new Answer(429, "1", ""), new Answer(200, "", "read")));

        byte[] read = server.read(Query.of("/a").with("q", "two words").with("cursor", Optional.empty())
                .onBehalfOf(Optional.of(new OwnerId("ann"))));

        assertThat(new String(read, UTF_8)).isEqualTo("read");
        assertThat(requests).containsExactly("/a?q=two+words ann", "/a?q=two+words ann");
    }

    @Test
    void it_is_not_made_again_without_a_wait_that_is_short() {
        for (String wait : List.of("", "61", "0", "Fri, 27 Nov 2026 00:00:00 GMT")) {
            answers.add(new Answer(429, wait, "{\"code\":\"rate-limited\",\"detail\":\"later\"}"));
            refused(ExitStatus.TEMPORARY, "answered 429 rate-limited: later");
        }
        assertThat(requests).hasSize(4);
    }

    @Test
    void a_refusal_is_printable_whatever_it_says() {
        answers.add(new Answer(502, "", "<html>\u009B2J\n\u001B[31m"));
        refused(ExitStatus.UNAVAILABLE, "answered 502: <html>\uFFFD2J \uFFFD[31m");
        answers.add(new Answer(404, "", "{\"code\":\"conversation-not-found\",\"detail\":\"none\\u001b\"}"));
        refused(ExitStatus.NO_INPUT, "answered 404 conversation-not-found: none\uFFFD");
        answers.add(new Answer(404, "", "[]"));
        refused(ExitStatus.DATA, "answered 404: []");
    }

    private void refused(ExitStatus status, String message) {
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> server.read(Query.of("/a")))
                .withMessageEndingWith(message).extracting(CannotStart::status).isEqualTo(status);
    }
}
