package dev.confab.benchmarks.limits;

import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.HttpApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * How long an owner's appends and reads take while another owner makes many more requests than the rate allows, and in turn with that, while
 * no one else does. A time counts from when the request was due, so a request that waits for the one before it is not missed.
 */
public final class RateLimited {
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int CALLERS = 4;
    /** Of each caller: together 40 requests a second. */
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final int FLOODERS = 32;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String flooder;
    private final String owner;
    private final int floodPerSecond;
    private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();

    private RateLimited(String url, String flooder, String owner, int floodPerSecond) {
        this.url = url;
        this.flooder = flooder;
        this.owner = owner;
        this.floodPerSecond = floodPerSecond;
    }

    /**
     * @param flooder the API key of the owner who makes too many requests
     * @param owner the API key of the owner whose requests are measured
     */
    public static void run(String url, String flooder, String owner, int floodPerSecond, int rounds)
            throws IOException, InterruptedException {
        new RateLimited(url, flooder, owner, floodPerSecond).compare(rounds);
    }

    private void compare(int rounds) throws IOException, InterruptedException {
        var conversations = new ArrayList<String>();
        for (int i = 0; i < CALLERS; i++) {
            conversations.add("/api/v1/conversations/" + HttpApi.field(created(), "id") + "/messages");
        }
        List<Long> _ = measure(conversations);
        var alone = new ArrayList<Long>();
        var beside = new ArrayList<Long>();
        for (int round = 0; round < rounds; round++) {
            alone.addAll(measure(conversations));
            beside.addAll(besideFlood(conversations));
        }
        print("alone", alone);
        print("beside " + floodPerSecond + " requests a second of another owner", beside);
        System.out.printf("  the other owner's requests by status: %s%n", answers);
    }

    private String created() throws IOException, InterruptedException {
        var response = client.send(request(owner, "/api/v1/conversations", "{}"), BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private HttpRequest request(String key, String path, String json) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + key);
        return json.isEmpty()
                ? request.build()
                : request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)).build();
    }

    private List<Long> besideFlood(List<String> conversations) throws IOException, InterruptedException {
        var stopping = new AtomicBoolean();
        var failure = new ConcurrentLinkedQueue<Exception>();
        Thread flood = Thread.ofVirtual().start(() -> {
            try {
                Clients.run(FLOODERS, _ -> flood(stopping));
            } catch (IOException | InterruptedException e) {
                failure.add(e);
            }
        });
        // The burst is used up first.
        Thread.sleep(1_000);
        List<Long> nanos = measure(conversations);
        stopping.set(true);
        flood.join();
        if (!failure.isEmpty()) {
            throw new IOException("the flood failed", failure.peek());
        }
        return nanos;
    }

    private void flood(AtomicBoolean stopping) throws IOException, InterruptedException {
        long every = Duration.ofSeconds(1).multipliedBy(FLOODERS).dividedBy(floodPerSecond).toNanos();
        long due = System.nanoTime();
        while (!stopping.get()) {
            int status = client.send(request(flooder, "/api/v1/conversations", ""), BodyHandlers.discarding())
                    .statusCode();
            answers.computeIfAbsent(status, _ -> new LongAdder()).increment();
            due += every;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    /** Appends and reads in turn, each caller in a conversation of its own; returns the nanoseconds of each request. */
    private List<Long> measure(List<String> conversations) throws IOException, InterruptedException {
        var nanos = new ConcurrentLinkedQueue<Long>();
        long start = System.nanoTime();
        Clients.run(CALLERS, caller -> {
            String path = conversations.get(caller);
            for (long n = 0; n < ROUND.dividedBy(EVERY); n++) {
                long due = start + EVERY.toNanos() * n + EVERY.toNanos() * caller / CALLERS;
                LockSupport.parkNanos(due - System.nanoTime());
                var request = n % 2 == 0
                        ? request(owner, path, "{\"role\":\"user\",\"text\":\"" + "word ".repeat(30) + "\"}")
                        : request(owner, path + "?limit=20&order=desc", "");
                var response = client.send(request, BodyHandlers.ofString());
                if (response.statusCode() / 100 != 2) {
                    throw new IOException(response.statusCode() + " " + response.body());
                }
                nanos.add(System.nanoTime() - due);
            }
        });
        return List.copyOf(nanos);
    }

    private static void print(String name, List<Long> nanos) {
        Figures micros = Figures.ofNanosInMicros(nanos.stream().mapToLong(Long::longValue).toArray());
        System.out.printf(Locale.ROOT, "  %-50s p50 %8.0f µs   p99 %8.0f µs   max %8.0f µs   of %d%n", name,
                micros.percentile(50), micros.percentile(99), micros.max(), nanos.size());
    }
}
