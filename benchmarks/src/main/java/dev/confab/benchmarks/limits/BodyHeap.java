package dev.confab.benchmarks.limits;

import dev.confab.benchmarks.harness.HttpApi;
import dev.confab.benchmarks.harness.LiveHeap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.function.Supplier;

/**
 * The most heap that a request's body takes: the live heap of a running server, sampled while one client sends bodies of one kind
 * without a pause, beside the live heap before.
 */
public final class BodyHeap {
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final int IMPORT_BYTES = 64 * 1024 * 1024;
    private static final int MEBIBYTE = 1024 * 1024;

    private final String url;
    private final LiveHeap heap;
    private final int samples;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private BodyHeap(String url, LiveHeap heap, int samples) {
        this.url = url;
        this.heap = heap;
        this.samples = samples;
    }

    /** @param pid the server's process, on this machine */
    public static void run(String url, String pid, int samples) throws IOException, InterruptedException {
        var benchmark = new BodyHeap(url, new LiveHeap(pid), samples);
        String large = "{\"messages\":[" + String.join(",", Collections.nCopies(7,
                "{\"role\":\"user\",\"text\":\"" + "a".repeat(MEBIBYTE) + "\"}")) + "]}";
        String small = "{\"messages\":[" + String.join(",", Collections.nCopies(1_000,
                "{\"role\":\"user\",\"text\":\"" + "a".repeat(8_000) + "\"}")) + "]}";
        benchmark.measure("7 messages of 1 MiB", "/api/v1/conversations", bytes(large));
        benchmark.measure("1,000 messages of 8 KB", "/api/v1/conversations", bytes(small));
        benchmark.measure("8 MiB of {\"title\":[0,0,…]}", "/api/v1/conversations", zeros("{\"title\":[", MAX_BYTES));
        benchmark.measure("64 MiB of an import's \"conversation\":[0,0,…]", "/api/v1/conversations/import",
                zeros("{\"format\":\"confab-conversation\",\"formatVersion\":1,\"conversation\":[", IMPORT_BYTES));
    }

    private void measure(String kind, String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)).build();
        long before = heap.bytes();
        long most = before;
        int status;
        try (var sender = new Sender(() -> send(request))) {
            for (int i = 0; i < samples; i++) {
                most = Math.max(most, heap.bytes());
            }
            status = sender.lastStatus();
        }
        System.out.printf("  %-50s %3d  body %10d bytes  heap at most %10d bytes%n", kind, status, body.length,
                most - before);
    }

    /** Sends it once, and removes the conversation that it has created. */
    private int send(HttpRequest request) {
        try {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 201) {
                String path = url + "/api/v1/conversations/" + HttpApi.field(response.body(), "id");
                delete(path);
                delete(path + "?purge=true");
            }
            return response.statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void delete(String address) throws IOException, InterruptedException {
        var _ = client.send(HttpRequest.newBuilder(URI.create(address)).DELETE().build(), BodyHandlers.discarding());
    }

    private static byte[] zeros(String start, int bytes) {
        return bytes(start + "0,".repeat((bytes - start.length() - 4) / 2) + "0]}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends over and over until it is closed. */
    private static final class Sender implements AutoCloseable {
        private final Thread thread;
        private volatile boolean stopping;
        private volatile int lastStatus;

        Sender(Supplier<Integer> once) {
            thread = Thread.ofVirtual().start(() -> {
                while (!stopping) {
                    lastStatus = once.get();
                }
            });
        }

        int lastStatus() {
            return lastStatus;
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
    }
}
