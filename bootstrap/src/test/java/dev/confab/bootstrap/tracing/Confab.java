package dev.confab.bootstrap.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.ConfabApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Confab in this process, on a free port. */
record Confab(ConfigurableApplicationContext context, HttpClient http) implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    static final String API = "/api/v1";
    /** A request that takes longer is blocked. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** An answer with its body. */
    record Answer(int status, String requestId, JsonNode body) {
        String id() {
            return body.get("id").asString();
        }
    }

    static Confab start(Path directory, String... more) {
        var arguments = new ArrayList<>(List.of("--server.port=0", "--confab.file.directory=" + directory));
        arguments.addAll(List.of(more));
        return new Confab(new SpringApplicationBuilder(ConfabApplication.class).run(arguments.toArray(String[]::new)),
                HttpClient.newHttpClient());
    }

    /** With a collector that gets spans soon. */
    static Confab traced(Path directory, Collector collector, String... more) {
        var arguments = new ArrayList<>(List.of("--confab.tracing.endpoint=" + collector.endpoint(),
                "--management.opentelemetry.tracing.export.schedule-delay=20ms"));
        arguments.addAll(List.of(more));
        return start(directory, arguments.toArray(String[]::new));
    }

    Answer get(String path, String... headers) throws Exception {
        return call("GET", path, "", headers);
    }

    Answer post(String path, String json, String... headers) throws Exception {
        return call("POST", path, json, headers);
    }

    private Answer call(String method, String path, String json, String... headers) throws Exception {
        var port = ((WebServerApplicationContext) context).getWebServer().getPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).method(method,
                json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        request.header("Content-Type", "application/json").timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        boolean isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Answer(response.statusCode(), response.headers().firstValue("X-Request-Id").orElse(""),
                isJson ? JSON.readTree(response.body()) : JSON.nullNode());
    }

    /** A conversation, as a path. */
    String newConversation(String... headers) throws Exception {
        Answer made = post(API + "/conversations", "{}", headers);
        assertThat(made.status()).isEqualTo(201);
        return API + "/conversations/" + made.id();
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
