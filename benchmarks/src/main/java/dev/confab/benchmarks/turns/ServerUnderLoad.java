package dev.confab.benchmarks.turns;

import dev.confab.benchmarks.harness.HttpApi;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The server under load, called over its HTTP API. */
final class ServerUnderLoad {
    private static final Pattern HEAP = Pattern.compile("^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$",
            Pattern.MULTILINE);

    private final HttpApi api;
    private final URI url;

    ServerUnderLoad(String url) {
        this.api = new HttpApi(url);
        this.url = URI.create(url);
    }

    /** Starts a turn in a new session and returns its id; the assistant says so many words, one each so many milliseconds. */
    String startTurn(int words, int millisAWord) throws IOException, InterruptedException {
        String session = HttpApi.field(api.send(api.post("/api/v1/sessions", "{\"name\":\"benchmark\"}")), "id");
        String prompt = IntStream.rangeClosed(1, words).mapToObj(i -> " word" + i)
                .collect(Collectors.joining("", "/slow " + millisAWord, ""));
        return HttpApi.field(
                api.send(api.post("/api/v1/sessions/" + session + "/turns", "{\"text\":\"" + prompt + "\"}")), "id");
    }

    /** How long the finished turn took, by the server's clock. */
    Duration duration(String turn) throws IOException, InterruptedException {
        String json = api.send(api.get("/api/v1/turns/" + turn));
        if (!HttpApi.field(json, "state").equals("completed")) {
            throw new IOException("the turn is not completed: " + json);
        }
        return Duration.between(Instant.parse(HttpApi.field(json, "startedAt")),
                Instant.parse(HttpApi.field(json, "finishedAt")));
    }

    /** How much of the server's heap is in use, garbage included. */
    long heapBytes() throws IOException, InterruptedException {
        return HEAP.matcher(api.send(api.get("/actuator/prometheus"))).results()
                .mapToLong(pool -> (long) Double.parseDouble(pool.group(1))).sum();
    }

    /**
     * Requests the events of a turn after an event id, over a new connection.
     *
     * @param socket is connected; HTTP/1.0, so that the response is not chunked and ends with the connection
     */
    void openStream(Socket socket, String turn, long lastEventId) throws IOException {
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 30_000);
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(("GET /api/v1/turns/" + turn + "/events HTTP/1.0\r\nHost: " + url.getHost() + ":"
                + url.getPort() + "\r\nAccept: text/event-stream\r\nLast-Event-ID: " + lastEventId + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }
}
