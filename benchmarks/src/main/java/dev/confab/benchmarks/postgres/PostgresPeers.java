package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.postgres.Lineup.Entered;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Confab beside released libraries that keep conversations in PostgreSQL, on the one server. */
public final class PostgresPeers {
    private PostgresPeers() {
    }

    /**
     * Measures and prints.
     *
     * @param samples appends measured at each length
     * @param seconds after which a peer's run of many threads is cut
     */
    public static void run(int samples, int seconds) throws IOException, InterruptedException, SQLException {
        System.out.println(Databases.durableSettings());
        latency(samples);
        System.out.printf("%n%s%n", LostOrDoubled.header());
        for (var peer : Lineup.peers().entrySet()) {
            try (Entered entered = Lineup.enter(peer.getKey(), peer.getValue())) {
                System.out.println(LostOrDoubled.row(entered, Duration.ofSeconds(seconds)));
            }
        }
        System.out.printf(Locale.ROOT, "%nload %.1f%n", Databases.load());
    }

    private static void latency(int samples) {
        List<Entered> peers = new ArrayList<>();
        try {
            Lineup.peers().forEach((name, peer) -> peers.add(Lineup.enter(name, peer)));
            new AppendLatency(peers, samples).run();
        } finally {
            peers.forEach(Entered::close);
        }
    }
}
