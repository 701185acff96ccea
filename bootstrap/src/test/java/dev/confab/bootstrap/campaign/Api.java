package dev.confab.bootstrap.campaign;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API as a client sees it. */
public final class Api {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 1_000;
    /** Far longer than a server waits for anything: a slow machine must not fail a test. */
    private static final Duration ANSWER = Duration.ofMinutes(5);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10)).build();
    private final String server;

    Api(String server) {
        this.server = server;
    }

    public record Answer(int status, HttpHeaders headers, JsonNode body) {
    }

    /** A message as the API gives it. */
    public record Stored(String id, int position, String text) {
    }

    /** @throws IOException when the server could not be asked, or died before it answered */
    Answer append(String conversation, String id, String text) throws IOException {
        return post("/conversations/" + conversation + "/messages",
                JSON.createObjectNode().put("id", id).put("role", "user").put("text", text));
    }

    String startConversation() throws IOException {
        Answer answer = post("/conversations", JSON.createObjectNode());
        if (answer.status() != 201) {
            throw new AssertionError("a conversation could not be started: " + answer);
        }
        return answer.body().get("id").asString();
    }

    /** A session with a conversation of its own, as the API gives it. */
    JsonNode startSession() throws IOException {
        Answer answer = post("/sessions", JSON.createObjectNode());
        if (answer.status() != 201) {
            throw new AssertionError("a session could not be started: " + answer);
        }
        return answer.body();
    }

    Answer startTurn(String session, String text) throws IOException {
        return post("/sessions/" + session + "/turns", JSON.createObjectNode().put("text", text));
    }

    /** Starts a turn that waits until the unfinished one has ended. */
    Answer queueTurn(String session, String text) throws IOException {
        return post("/sessions/" + session + "/turns",
                JSON.createObjectNode().put("text", text).put("ifBusy", "queue"));
    }

    Answer cancel(String turn) throws IOException {
        return post("/turns/" + turn + "/cancel", JSON.createObjectNode());
    }

    Answer approve(String turn, String call) throws IOException {
        return post("/turns/" + turn + "/approvals",
                JSON.createObjectNode().put("callId", call).put("approved", true));
    }

    JsonNode turn(String turn) throws IOException {
        Answer answer = get("/turns/" + turn);
        if (answer.status() != 200) {
            throw new AssertionError("turn " + turn + " could not be read: " + answer);
        }
        return answer.body();
    }

    /** The turn, once it is in this state. */
    JsonNode awaitState(String turn, String state, Duration limit) throws IOException {
        return await().atMost(limit).pollInterval(Duration.ofMillis(20)).until(() -> turn(turn),
                found -> found.get("state").asString().equals(state));
    }

    /** The sum of a meter's values over the tags that begin so, as Prometheus reads it. */
    public double sum(String meter, String tags) throws IOException {
        String start = meter + "{" + tags;
        return prometheus().lines().filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    private String prometheus() throws IOException {
        return send(request("/actuator/prometheus").build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** A meter without tags, as Prometheus reads it. */
    double meter(String name) throws IOException {
        String all = prometheus();
        return all.lines().filter(line -> line.startsWith(name + " ")).findFirst()
                .map(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .orElseThrow(() -> new AssertionError("no meter " + name));
    }

    /** All messages, page by page. */
    public List<Stored> messages(String conversation) throws IOException {
        var all = new ArrayList<Stored>();
        while (true) {
            List<Stored> page = page(conversation, "after=" + all.size() + "&limit=" + PAGE);
            all.addAll(page);
            if (page.isEmpty()) {
                return all;
            }
        }
    }

    List<Stored> page(String conversation, String query) throws IOException {
        Answer answer = get("/conversations/" + conversation + "/messages?" + query);
        if (answer.status() != 200) {
            throw new AssertionError("conversation " + conversation + " could not be read: " + answer);
        }
        return stored(answer.body().get("items"));
    }

    /** Messages as the API writes them in pages, changes and events. */
    public static List<Stored> stored(JsonNode items) {
        var messages = new ArrayList<Stored>();
        for (JsonNode item : items) {
            messages.add(new Stored(item.get("id").asString(), item.get("position").asInt(),
                    item.get("text").asString()));
        }
        return messages;
    }

    long version(String conversation) throws IOException {
        Answer answer = get("/conversations/" + conversation);
        if (answer.status() != 200) {
            throw new AssertionError("conversation " + conversation + " could not be read: " + answer);
        }
        return answer.body().get("version").asLong();
    }

    /** The stream of a conversation's changes since a version; a body other than that of 200 is a problem. */
    HttpResponse<InputStream> events(String conversation, long since) throws IOException {
        return send(request("/api/v1/conversations/" + conversation + "/events")
                .header("Accept", "text/event-stream").header("Last-Event-ID", Long.toString(since)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    public Answer get(String path) throws IOException {
        return send(request("/api/v1" + path).build());
    }

    /**
     * Any request.
     *
     * @param headers names and values in turn
     */
    public Answer send(String method, String path, Optional<JsonNode> body, String... headers) throws IOException {
        var request = request("/api/v1" + path).method(method, body.map(JSON::writeValueAsString)
                .map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody));
        body.ifPresent(_ -> request.header("Content-Type", "application/json"));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    /** The answer of {@code /actuator/health/…}: its status, and what it says. */
    public Answer health(String group) throws IOException {
        return send(request("/actuator/health/" + group).build());
    }

    boolean isServing() {
        try {
            return send(request("/actuator/health/readiness").build()).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Answer post(String path, JsonNode body) throws IOException {
        return send(request("/api/v1" + path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path)).timeout(ANSWER);
    }

    private Answer send(HttpRequest request) throws IOException {
        HttpResponse<String> response = send(request, HttpResponse.BodyHandlers.ofString());
        String body = response.body();
        return new Answer(response.statusCode(), response.headers(),
                body.isEmpty() ? JSON.nullNode() : JSON.readTree(body));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return client.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
