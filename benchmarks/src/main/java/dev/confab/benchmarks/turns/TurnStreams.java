package dev.confab.benchmarks.turns;

import dev.confab.benchmarks.harness.Clients;
import dev.confab.benchmarks.harness.Figures;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** One turn, read by one client and then by many, beside one that never takes anything in. */
public final class TurnStreams {
    private static final double CUTS_AN_EVENT = 0.005;
    private static final Duration SAMPLE_EVERY = Duration.ofMillis(250);
    private static final double MEBI = 1 << 20;

    private TurnStreams() {
    }

    /** @param millisAWord the assistant's pace */
    public static void run(String url, int clients, int words, int millisAWord)
            throws IOException, InterruptedException {
        var server = new Server(url);
        measure(server, Math.min(clients, 50), Math.min(words, 100), millisAWord);
        System.out.printf("%n%d words, one each %d ms%n", words, millisAWord);
        measure(server, 1, words, millisAWord).print("one reader");
        measure(server, clients, words, millisAWord).print(clients + " readers");
    }

    private record Result(Duration turn, double heapMebi, List<Reader> readers) {
        void print(String name) {
            System.out.printf(Locale.ROOT, "  %-14s the turn took %.2f s; the server's heap held %.0f MiB at most%n",
                    name, turn.toMillis() / 1e3, heapMebi);
            if (readers.size() > 1) {
                long deltas = readers.stream().mapToLong(Reader::deltas).sum();
                long connections = readers.stream().mapToLong(Reader::connections).sum();
                var lag = lag();
                System.out.printf(Locale.ROOT, "  %-14s %d deltas read, each once and in order, over %d connections%n",
                        "", deltas, connections);
                System.out.printf(Locale.ROOT,
                        "  %-14s after whoever had a delta first: p50 %.1f ms   p99 %.1f ms   max %.1f ms%n", "",
                        lag.median(), lag.percentile(99), lag.max());
            }
        }

        /** In milliseconds; a reader that was away when a delta came counts its absence. */
        private Figures lag() {
            int deltas = readers.getFirst().deltas();
            return new Figures(IntStream.range(0, deltas).boxed().flatMapToDouble(delta -> {
                long first = readers.stream().mapToLong(reader -> reader.arrival(delta)).min().orElseThrow();
                return readers.stream().mapToDouble(reader -> (reader.arrival(delta) - first) / 1e6);
            }).toArray());
        }
    }

    private static Result measure(Server server, int clients, int words, int millisAWord)
            throws IOException, InterruptedException {
        long seed = System.nanoTime();
        String turn = server.startTurn(words, millisAWord);
        var heap = new AtomicLong();
        Thread sampler = Thread.ofVirtual().start(() -> sample(server, heap));
        var random = new SplittableRandom(seed);
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            readers.add(new Reader(server, turn, words, CUTS_AN_EVENT, random.split()));
        }
        try (Socket _ = server.openStream(turn, 0, 1_024)) {
            Clients.run(clients, client -> readers.get(client).run());
        } catch (IOException e) {
            throw new IOException("seed " + seed, e);
        } finally {
            sampler.interrupt();
            sampler.join();
        }
        return new Result(server.duration(turn), heap.get() / MEBI, readers);
    }

    private static void sample(Server server, AtomicLong heap) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                heap.accumulateAndGet(server.heapBytes(), Math::max);
                Thread.sleep(SAMPLE_EVERY);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The figure is then of what was sampled before.
            System.err.println("the heap could not be read: " + e);
        }
    }
}
