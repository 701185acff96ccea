package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.Texts;
import dev.confab.benchmarks.postgres.Lineup.Entered;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How long one append takes to conversations of different lengths. The peers take turns, conversation by conversation, so that a
 * mood of the machine meets all of them; a turn is more than one append, so that one who writes much spoils little of the next.
 */
final class AppendLatency {
    static final List<Integer> LENGTHS = List.of(10, 100, 1_000, 5_000);
    private static final int WORDS = 30;
    private static final int WARMUPS = 100;

    private final List<Entered> peers;
    private final int samples;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Drafts ids = new Drafts(0);

    AppendLatency(List<Entered> peers, int samples) {
        this.peers = peers;
        this.samples = samples;
    }

    void run() {
        measure(10, WARMUPS);
        List<StringBuilder> rows = peers.stream().map(peer -> new StringBuilder("| " + peer.name())).toList();
        for (int length : LENGTHS) {
            List<Figures> micros = measure(length, samples);
            for (int peer = 0; peer < rows.size(); peer++) {
                rows.get(peer).append(String.format(Locale.ROOT, " | %.2f / %.2f",
                        micros.get(peer).median() / 1e3, micros.get(peer).percentile(99) / 1e3));
            }
        }
        System.out.printf("%n| one append, ms, median / p99 of %d, at messages |%s |%n|---|%s%n", samples,
                String.join(" |", LENGTHS.stream().map(length -> String.format(Locale.ROOT, " %,d", length)).toList()),
                "---|".repeat(LENGTHS.size()));
        rows.forEach(row -> System.out.println(row + " |"));
    }

    /** In the order of the peers, in microseconds. */
    private List<Figures> measure(int length, int count) {
        // A conversation is exchanged for a fresh one before it has grown by much.
        int appends = Math.clamp(length / 50, 5, 100);
        long[][] nanos = new long[peers.size()][count];
        for (int from = 0; from < count; from += appends) {
            UUID conversation = ids.nextId();
            List<String> first = texts(length);
            peers.forEach(entered -> entered.peer().start(conversation, first));
            List<String> next = texts(Math.min(appends, count - from));
            for (int turn = 0; turn < peers.size(); turn++) {
                int peer = (from / appends + turn) % peers.size();
                appendAll(peers.get(peer).peer(), conversation, next, nanos[peer], from);
            }
        }
        return Arrays.stream(nanos).map(Figures::ofNanosInMicros).toList();
    }

    private static void appendAll(Peer peer, UUID conversation, List<String> texts, long[] nanos, int from) {
        for (int i = 0; i < texts.size(); i++) {
            long start = System.nanoTime();
            peer.append(conversation, texts.get(i));
            nanos[from + i] = System.nanoTime() - start;
        }
    }

    private List<String> texts(int count) {
        return Stream.generate(() -> Texts.text(random, WORDS)).limit(count).toList();
    }
}
