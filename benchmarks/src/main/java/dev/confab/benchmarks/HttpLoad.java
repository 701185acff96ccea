package dev.confab.benchmarks;

import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Contender;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.Rounds;
import dev.confab.benchmarks.harness.Target;
import dev.confab.benchmarks.harness.Texts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Load on a running server from many connections that are kept alive: appends, reads and both mixed, beside an endpoint of the
 * same server that does nothing. Kinds take turns; each connection has a conversation of its own.
 */
final class HttpLoad {
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final String NOTHING = "nothing (GET /api/v1/info)";
    private static final String APPEND = "append";
    private static final String READ = "read the last 20";
    private static final String MIXED = "append and read in turn";

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String api;
    private final List<String> conversations = new ArrayList<>();
    private final Map<String, ConcurrentLinkedQueue<Long>> nanos = new LinkedHashMap<>();

    private HttpLoad(String url) {
        this.api = url + "/api/v1";
    }

    static void run(String url, int connections, int rounds) throws IOException, InterruptedException {
        var load = new HttpLoad(url);
        load.startConversations(connections);
        Rounds.run("requests a second", 2, rounds, List.of(
                load.contender(NOTHING, (_, _) -> load.nothing()),
                load.contender(APPEND, (conversation, random) -> load.append(conversation, random)),
                load.contender(READ, (conversation, _) -> load.read(conversation)),
                load.contender(MIXED, (conversation, random) -> random.nextBoolean()
                        ? load.append(conversation, random)
                        : load.read(conversation))))
                .print(connections + " connections, no pause between requests", List.of(
                        new Target(APPEND, NOTHING, new Target.ForInformation()),
                        new Target(READ, NOTHING, new Target.ForInformation()),
                        new Target(MIXED, NOTHING, new Target.ForInformation())));
        load.printLatencies();
    }

    private interface Kind {
        HttpRequest request(String conversation, SplittableRandom random);
    }

    private Contender contender(String name, Kind kind) {
        nanos.put(name, new ConcurrentLinkedQueue<>());
        return new Contender(name, () -> round(name, kind));
    }

    private double round(String name, Kind kind) throws IOException, InterruptedException {
        var latencies = new ConcurrentLinkedQueue<Long>();
        long start = System.nanoTime();
        Clients.run(conversations.size(), connection -> {
            var random = new SplittableRandom(System.nanoTime() ^ connection);
            while (System.nanoTime() < start + ROUND.toNanos()) {
                long sent = System.nanoTime();
                send(kind.request(conversations.get(connection), random));
                latencies.add(System.nanoTime() - sent);
            }
        });
        nanos.getOrDefault(name, latencies).addAll(latencies);
        return latencies.size() * 1e9 / (System.nanoTime() - start);
    }

    /** Any refusal ends the client that met it, loudly. */
    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request + " was answered " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private void startConversations(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            Matcher id = ID.matcher(send(post("/conversations", "{\"title\":\"load " + i + "\"}")));
            if (!id.find()) {
                throw new IOException("no id in the answer");
            }
            conversations.add(id.group(1));
        }
    }

    private HttpRequest nothing() {
        return get("/info");
    }

    private HttpRequest append(String conversation, SplittableRandom random) {
        return post("/conversations/" + conversation + "/messages",
                "{\"id\":\"" + new UUID(random.nextLong() & ~0xF000L | 0x7000, random.nextLong() >>> 2 | 1L << 63)
                        + "\",\"role\":\"user\",\"text\":\"" + Texts.text(random, 30) + "\"}");
    }

    private HttpRequest read(String conversation) {
        return get("/conversations/" + conversation + "/messages?limit=20&order=desc");
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(URI.create(api + path)).build();
    }

    private HttpRequest post(String path, String json) {
        return HttpRequest.newBuilder(URI.create(api + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build();
    }

    private void printLatencies() {
        System.out.printf("%n  latency in microseconds, warm-up included%n");
        nanos.forEach((name, values) -> {
            var micros = Figures.ofNanosInMicros(values.stream().flatMapToLong(LongStream::of).toArray());
            System.out.printf(Locale.ROOT,
                    "  %-28s p50 %8.0f   p90 %8.0f   p99 %8.0f   p99.9 %8.0f   max %8.0f   of %d%n", name,
                    micros.percentile(50), micros.percentile(90), micros.percentile(99), micros.percentile(99.9),
                    micros.max(), values.size());
        });
    }
}
