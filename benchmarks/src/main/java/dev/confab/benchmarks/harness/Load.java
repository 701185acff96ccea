package dev.confab.benchmarks.harness;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

/** Clients that run one operation after the other, without a pause, for a fixed time each round. */
public final class Load {
    private final int clients;
    private final Duration roundTime;
    private final Source source;
    /** The times of all operations, one array a round. */
    private final List<long[]> nanos = new ArrayList<>();

    /** Prepares a client's next operation; the preparation is not timed. */
    @FunctionalInterface
    public interface Source {
        TimedOperation next(int client, SplittableRandom random);
    }

    public Load(int clients, Duration roundTime, Source source) {
        this.clients = clients;
        this.roundTime = roundTime;
        this.source = source;
    }

    /** Runs one round and returns the operations a second. */
    public double round() throws IOException, InterruptedException {
        Queue<LongStream> all = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        long end = start + roundTime.toNanos();
        Clients.run(clients, client -> {
            var random = new SplittableRandom(start + client);
            var own = LongStream.builder();
            while (System.nanoTime() < end) {
                TimedOperation operation = source.next(client, random);
                long before = System.nanoTime();
                operation.run();
                own.add(System.nanoTime() - before);
            }
            all.add(own.build());
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] round = all.stream().flatMapToLong(times -> times).toArray();
        nanos.add(round);
        return round.length / seconds;
    }

    /** How many operations have run, in all rounds. */
    public long operations() {
        return nanos.stream().mapToLong(round -> round.length).sum();
    }

    /** The times of all operations in microseconds, warm-up included. */
    public Figures micros() {
        return Figures.ofNanosInMicros(nanos.stream().flatMapToLong(LongStream::of).toArray());
    }

    /** A percentile of each of the last rounds, in milliseconds. */
    public Figures percentileMillis(double percent, int rounds) {
        return new Figures(nanos.subList(nanos.size() - rounds, nanos.size()).stream()
                .mapToDouble(round -> Figures.ofNanosInMicros(round).percentile(percent) / 1e3).toArray());
    }
}
