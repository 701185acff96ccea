package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.Rounds;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Compares Confab with released libraries that store conversations in PostgreSQL, on one server. */
public final class PostgresPeers {
    private static final List<Supplier<Peer>> PEERS = List.of(ConfabPeer::new, SpringAiSessionPeer::new,
            LangChain4jPeer::new, SpringAiMemoryPeer::new);

    private PostgresPeers() {
    }

    /**
     * Measures and prints.
     *
     * @param samples how many appends are measured at each length
     * @param seconds when the run of many threads on one peer is cut
     */
    public static void run(int samples, int seconds) throws IOException, InterruptedException {
        Databases.printSettings();
        List<Peer> peers = new ArrayList<>();
        try {
            PEERS.forEach(peer -> peers.add(peer.get()));
            new AppendLatency(peers, samples).run();
        } finally {
            peers.forEach(Peer::close);
        }
        LostOrDoubled.printHeader();
        for (var fresh : PEERS) {
            try (Peer peer = fresh.get()) {
                new LostOrDoubled(peer, Duration.ofSeconds(seconds)).run();
            }
        }
        Rounds.printLoad();
    }
}
