package dev.confab.benchmarks.turns;

import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Figures;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One turn read by one client and then by many, while another client is connected but reads nothing. */
public final class TurnStreams {
    private static final Duration SAMPLE_EVERY = Duration.ofMillis(250);
    private static final double MEBI = 1 << 20;

    private TurnStreams() {
    }

    /** @param millisAWord the assistant's speed */
    public static void run(String url, int clients, int words, int millisAWord)
            throws IOException, InterruptedException {
        var server = new ServerUnderLoad(url);
        measure(server, Math.min(clients, 50), Math.min(words, 100), millisAWord);
        System.out.printf("%n%d words, one each %d ms%n", words, millisAWord);
        measure(server, 1, words, millisAWord).print("one reader");
        measure(server, clients, words, millisAWord).print(clients + " readers");
    }

    private record Result(Duration turn, double heapMebi, List<Reader> readers) {
        void print(String name) {
            System.out.printf(Locale.ROOT, "  %-14s the turn took %.2f s; the server's heap used at most %.0f MiB%n",
                    name, turn.toMillis() / 1e3, heapMebi);
            if (readers.size() > 1) {
                var lag = lag();
                System.out.printf(Locale.ROOT, "  %-14s %d deltas read, each once and in order, over %d connections%n",
                        "", readers.stream().mapToLong(reader -> reader.deltas).sum(),
                        readers.stream().mapToLong(reader -> reader.connections).sum());
                System.out.printf(Locale.ROOT,
                        "  %-14s delay after the first reader: p50 %.1f ms   p99 %.1f ms   max %.1f ms%n", "",
                        lag.median(), lag.percentile(99), lag.max());
            }
        }

        /** Milliseconds after the first reader got the same delta, including the time in which a reader was not connected. */
        private Figures lag() {
            int deltas = readers.getFirst().deltas;
            return new Figures(IntStream.range(0, deltas).boxed().flatMapToDouble(delta -> {
                long first = readers.stream().mapToLong(reader -> reader.arrivals[delta]).min().orElseThrow();
                return readers.stream().mapToDouble(reader -> (reader.arrivals[delta] - first) / 1e6);
            }).toArray());
        }
    }

    private static Result measure(ServerUnderLoad server, int clients, int words, int millisAWord)
            throws IOException, InterruptedException {
        long seed = System.nanoTime();
        String turn = server.startTurn(words, millisAWord);
        var heap = new AtomicLong();
        Thread sampler = Thread.ofVirtual().start(() -> sample(server, heap));
        var random = new SplittableRandom(seed);
        List<Reader> readers = Stream
                .generate(() -> new Reader(server, turn, words, random.split()))
                .limit(clients).toList();
        try (var silent = new Socket()) {
            silent.setReceiveBufferSize(1_024);
            server.openStream(silent, turn, 0);
            Clients.run(clients, client -> readers.get(client).run());
        } catch (IOException e) {
            throw new IOException("seed " + seed, e);
        } finally {
            sampler.interrupt();
            sampler.join();
        }
        return new Result(server.duration(turn), heap.get() / MEBI, readers);
    }

    private static void sample(ServerUnderLoad server, AtomicLong heap) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                heap.accumulateAndGet(server.heapBytes(), Math::max);
                Thread.sleep(SAMPLE_EVERY);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("Heap sampling stopped; the printed maximum is that of the samples so far: " + e);
        }
    }
}
