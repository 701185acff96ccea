package dev.confab.adapter.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Talks to one server on a random port, which all tests share. Requests and replies must agree with the API's description. */
@SpringBootTest(classes = TestServer.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.servlet.multipart.enabled=false")
abstract class WebTest {
    static final String JSON = "application/json";
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Autowired
    BreakableStore store;

    @AfterEach
    void heal() {
        store.heal();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + (path.startsWith("/api") ? path : "/api/v1" + path));
    }

    /** @param headers names and values in turn */
    Reply call(String method, String path, BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).method(method, body).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            Reply reply = Reply.of(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
            DescribedApi.checkReply(method, uri(path), reply);
            return reply;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks for a page, or for a part of one, which the API's description leaves out. */
    Reply page(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Content-Type", JSON)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Reply.of(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
    }

    Reply get(String path, String... headers) {
        return call("GET", path, BodyPublishers.noBody(), headers);
    }

    Reply delete(String path, String... headers) {
        return call("DELETE", path, BodyPublishers.noBody(), headers);
    }

    Reply post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    Reply patch(String path, String json, String... headers) {
        return send("PATCH", path, json, headers);
    }

    private Reply send(String method, String path, String json, String... headers) {
        Reply reply = call(method, path, BodyPublishers.ofString(json), with(headers));
        DescribedApi.checkBody(method, uri(path), json, reply);
        return reply;
    }

    /** Sends the head of a request in UTF-8, and returns all that is answered. */
    String sendHead(String head) throws IOException {
        return sendHeadFrom("127.0.0.1", head);
    }

    /** @param from the loopback address that the request comes from */
    String sendHeadFrom(String from, String head) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A new conversation's path, under {@code /conversations}. */
    String conversation(String json) {
        return "/conversations/" + post("/conversations", json).expect(201).text("id");
    }

    /** A new conversation with so many messages, "text 1", "text 2", … */
    String conversation(int messages) {
        var drafts = new StringBuilder();
        for (int i = 1; i <= messages; i++) {
            drafts.append(i == 1 ? "" : ",").append(draft("text " + i));
        }
        return conversation("{\"messages\":[" + drafts + "]}");
    }

    /** A new session's path, under {@code /sessions}. */
    String session(String json) {
        return "/sessions/" + post("/sessions", json).expect(201).text("id");
    }

    static String draft(String text) {
        return "{\"role\":\"user\",\"text\":\"" + text + "\"}";
    }

    private static String[] with(String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals("Content-Type")) {
                return headers;
            }
        }
        var more = java.util.Arrays.copyOf(headers, headers.length + 2);
        more[headers.length] = "Content-Type";
        more[headers.length + 1] = JSON;
        return more;
    }
}
