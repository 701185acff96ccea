package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.Drafts;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long one append to a conversation takes, at several lengths of the conversation. The peers take turns, conversation by conversation, so that
 * other work on the machine affects all alike; each turn is several appends, so that a peer that writes much does not disturb the next one much.
 */
final class AppendLatency {
    private static final List<Integer> LENGTHS = List.of(10, 100, 1_000, 5_000);
    private static final int WORDS = 30;
    private static final int WARMUPS = 100;

    private final List<Peer> peers;
    private final int samples;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Drafts ids = new Drafts(0);

    AppendLatency(List<Peer> peers, int samples) {
        this.peers = peers;
        this.samples = samples;
    }

    void run() {
        measure(10, WARMUPS);
        List<List<Figures>> columns = LENGTHS.stream().map(length -> measure(length, samples)).toList();
        System.out.printf("%n| one append, ms, median / p99 of %d, at messages | %s |%n|---|%s%n", samples,
                LENGTHS.stream().map(length -> String.format(Locale.ROOT, "%,d", length))
                        .collect(Collectors.joining(" | ")),
                "---|".repeat(LENGTHS.size()));
        for (int i = 0; i < peers.size(); i++) {
            int peer = i;
            System.out.println(columns.stream().map(column -> column.get(peer))
                    .map(micros -> String.format(Locale.ROOT, "%.2f / %.2f", micros.median() / 1e3,
                            micros.percentile(99) / 1e3))
                    .collect(Collectors.joining(" | ", "| " + peers.get(peer).name + " | ", " |")));
        }
    }

    /** The times in microseconds, in the order of the peers. */
    private List<Figures> measure(int length, int count) {
        // After so many appends a new conversation starts, so that its length stays about the same.
        int appends = Math.clamp(length / 50, 5, 100);
        long[][] nanos = new long[peers.size()][count];
        for (int from = 0; from < count; from += appends) {
            UUID conversation = ids.nextId();
            List<String> first = texts(length);
            peers.forEach(peer -> peer.start(conversation, first));
            List<String> next = texts(Math.min(appends, count - from));
            for (int turn = 0; turn < peers.size(); turn++) {
                int peer = (from / appends + turn) % peers.size();
                appendAll(peers.get(peer), conversation, next, nanos[peer], from);
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
