package dev.confab.benchmarks.limits;

import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.HttpApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** More event streams, or more turns, than a server allows: how many it answers how, and how long another request takes meanwhile. */
public final class TooMuch {
    private static final int AT_ONCE = 200;
    private static final String WORDS = "one two three four five six seven eight nine ten";

    private final String url;
    private final HttpApi api;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();

    private TooMuch(String url) {
        this.url = url;
        this.api = new HttpApi(url);
    }

    /** Opens so many event streams, keeps those that it gets, and closes them all at the end. */
    public static void streams(String url, int count) throws IOException, InterruptedException {
        var attack = new TooMuch(url);
        String path = "/api/v1/conversations/"
                + HttpApi.field(attack.api.send(attack.api.post("/api/v1/conversations", "{}")), "id") + "/events";
        Queue<Socket> kept = new ConcurrentLinkedQueue<>();
        try (var probe = new Probe(attack.api)) {
            Clients.run(AT_ONCE, caller -> {
                for (int i = caller; i < count; i += AT_ONCE) {
                    attack.open(path, kept);
                }
            });
            System.out.printf("  %d event streams: %s; %s%n", count, attack.answers, probe);
        } finally {
            for (Socket socket : kept) {
                socket.close();
            }
        }
        attack.answerAfterwards();
    }

    private void open(String path, Queue<Socket> kept) throws IOException {
        URI server = URI.create(url);
        var socket = new Socket(server.getHost(), server.getPort());
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        String status = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        count(status == null ? "none" : status.substring(9, 12));
        if (status != null && status.contains(" 200")) {
            kept.add(socket);
        } else {
            socket.close();
        }
    }

    /** Starts so many turns of ten words, a word each 100 ms and each in a session of its own, and waits until all have ended. */
    public static void turns(String url, int count) throws IOException, InterruptedException {
        var attack = new TooMuch(url);
        Queue<String> started = new ConcurrentLinkedQueue<>();
        try (var probe = new Probe(attack.api)) {
            Clients.run(AT_ONCE, caller -> {
                for (int i = caller; i < count; i += AT_ONCE) {
                    attack.startTurn(started);
                }
            });
            System.out.printf("  %d starts of turns: %s; %s%n", count, attack.answers, probe);
        }
        attack.answers.clear();
        for (String turn : started) {
            attack.awaitEnd(turn);
        }
        System.out.printf("  %d turns that were started: %s%n", started.size(), attack.answers);
        attack.answerAfterwards();
    }

    private void startTurn(Queue<String> started) throws IOException, InterruptedException {
        String session = HttpApi.field(api.send(api.post("/api/v1/sessions", "{}")), "id");
        HttpRequest start = HttpRequest.newBuilder(URI.create(url + "/api/v1/sessions/" + session + "/turns"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"/slow 100 " + WORDS + "\"}")).build();
        HttpResponse<String> response = client.send(start, BodyHandlers.ofString());
        count(Integer.toString(response.statusCode()));
        if (response.statusCode() == 202) {
            started.add(HttpApi.field(response.body(), "id"));
        }
    }

    private void awaitEnd(String turn) throws IOException, InterruptedException {
        String state = "running";
        while (state.equals("running")) {
            Thread.sleep(10);
            state = HttpApi.field(api.send(api.get("/api/v1/turns/" + turn)), "state");
        }
        count(state);
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, _ -> new LongAdder()).increment();
    }

    private void answerAfterwards() throws IOException, InterruptedException {
        long start = System.nanoTime();
        String _ = api.send(api.get("/api/v1/info"));
        System.out.printf("  GET /api/v1/info afterwards: %.3f s%n", (System.nanoTime() - start) / 1e9);
    }

    /** Asks for {@code /api/v1/info} ten times a second meanwhile. */
    private static final class Probe implements AutoCloseable {
        private final Thread thread;
        private volatile boolean stopping;
        private volatile double slowest;
        private volatile String failure = "";

        Probe(HttpApi api) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    while (!stopping) {
                        long start = System.nanoTime();
                        String _ = api.send(api.get("/api/v1/info"));
                        slowest = Math.max(slowest, (System.nanoTime() - start) / 1e9);
                        Thread.sleep(100);
                    }
                } catch (IOException e) {
                    failure = ", then " + e;
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public void close() {
            stopping = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public String toString() {
            return "GET /api/v1/info meanwhile at most %.3f s%s".formatted(slowest, failure);
        }
    }
}
