package dev.confab.benchmarks.turns;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server under load, by its HTTP API. */
final class Server {
    private static final Pattern HEAP = Pattern.compile("^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$",
            Pattern.MULTILINE);
    private static final int ANY_RECEIVE_BUFFER = 0;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;

    Server(String url) {
        this.url = URI.create(url);
    }

    /** Starts a turn that says so many words, one each so many milliseconds, in a session of its own. */
    String startTurn(int words, int millisAWord) throws IOException, InterruptedException {
        String session = field(post("/api/v1/sessions", "{\"name\":\"benchmark\"}"), "id");
        var prompt = new StringBuilder("/slow ").append(millisAWord);
        for (int i = 1; i <= words; i++) {
            prompt.append(" word").append(i);
        }
        return field(post("/api/v1/sessions/" + session + "/turns", "{\"text\":\"" + prompt + "\"}"), "id");
    }

    /** How long the finished turn took, by the server's own times. */
    Duration duration(String turn) throws IOException, InterruptedException {
        String json = get("/api/v1/turns/" + turn);
        if (!field(json, "state").equals("completed")) {
            throw new IOException("the turn is not completed: " + json);
        }
        return Duration.between(Instant.parse(field(json, "startedAt")), Instant.parse(field(json, "finishedAt")));
    }

    /** What the server's heap holds now, garbage included. */
    long heapBytes() throws IOException, InterruptedException {
        Matcher pools = HEAP.matcher(get("/actuator/prometheus"));
        return pools.results().mapToLong(pool -> (long) Double.parseDouble(pool.group(1))).sum();
    }

    /** Asks for a turn's events on a connection of its own; as HTTP/1.0, so that the answer comes unchunked and ends with the connection. */
    Socket openStream(String turn, long lastEventId) throws IOException {
        return openStream(turn, lastEventId, ANY_RECEIVE_BUFFER);
    }

    Socket openStream(String turn, long lastEventId, int receiveBuffer) throws IOException {
        var socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new java.net.InetSocketAddress(url.getHost(), url.getPort()), 30_000);
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(("GET /api/v1/turns/" + turn + "/events HTTP/1.0\r\nHost: " + url.getHost() + ":"
                + url.getPort() + "\r\nAccept: text/event-stream\r\nLast-Event-ID: " + lastEventId + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String post(String path, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url.resolve(path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url.resolve(path)).build());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request + " was answered " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String field(String json, String name) throws IOException {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!field.find()) {
            throw new IOException("no " + name + " in " + json);
        }
        return field.group(1);
    }
}
