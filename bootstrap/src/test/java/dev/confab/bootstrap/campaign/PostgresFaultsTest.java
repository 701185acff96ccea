package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two servers over one PostgreSQL, and what can happen to them and to it while clients append, each repeating with the same id what
 * was not acknowledged (S2, S10, S15). The servers must recover without help.
 */
@Tag("process")
@ExtendWith(SharedCluster.class)
class PostgresFaultsTest {
    private static final int CONVERSATIONS = 4;
    private static final int CLIENTS = 32;
    private static final int MAX_FILLER = 500;
    private static final Duration EVENTS = Duration.ofSeconds(60);

    @Test
    void nothing_acknowledged_is_lost_or_doubled_by_the_faults_that_are_soon_over(Cluster shared) throws Exception {
        campaign(shared, List.of(Fault.TERMINATE, Fault.RESTART, Fault.CUT), System.nanoTime());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("campaign")
    void nothing_acknowledged_is_lost_or_doubled_by_twenty_faults(Fault fault) throws Exception {
        try (Cluster cluster = Cluster.serving()) {
            campaign(cluster, Collections.nCopies(20, fault), System.nanoTime());
        }
    }

    private void campaign(Cluster cluster, List<Fault> faults, long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var tally = new Tally();
        List<AppendingClient> clients = startConversations(cluster, random);
        String conversation = clients.getFirst().conversation();
        try (Replica one = Replica.follow(() -> cluster.instance(0).server().api(), conversation);
                Replica other = Replica.follow(() -> cluster.instance(1).server().api(), conversation)) {
            for (int round = 1; round <= faults.size(); round++) {
                Fault fault = faults.get(round - 1);
                strike(cluster, clients, fault, tally, random);
                Ledger.verify(cluster.instance(round).server().api(), clients,
                        "seed " + seed + ", round " + round + ", " + fault);
            }
            Api api = cluster.instance(0).server().api();
            long version = api.version(conversation);
            assertThat(one.awaitVersion(version, EVENTS)).isEqualTo(api.messages(conversation));
            assertThat(other.awaitVersion(version, EVENTS)).isEqualTo(api.messages(conversation));
            System.out.printf(
                    "%d faults, %s: %d messages stand where they were acknowledged; answers %s; event streams %d and %d;"
                            + " seed %d%n",
                    faults.size(), Set.copyOf(faults), acknowledged(clients), tally, one.streams(), other.streams(),
                    seed);
        }
    }

    /** Every client is acknowledged messages before the fault, and after it; afterwards none is pending. */
    private static void strike(Cluster cluster, List<AppendingClient> clients, Fault fault, Tally tally,
            SplittableRandom random) throws Exception {
        ClusterLoad load = ClusterLoad.start(cluster, clients, tally);
        load.awaitSuccesses(1 + random.nextInt(10));
        long before = System.nanoTime();
        fault.strike(cluster, load, random);
        long over = System.nanoTime();
        // The first may have been under way before.
        load.awaitSuccesses(2);
        System.out.printf("%s took %.1f s, and %.1f s later every client was served; %s%n", fault,
                (over - before) / 1e9, (System.nanoTime() - over) / 1e9, tally);
        load.stop();
    }

    private static int acknowledged(List<AppendingClient> clients) {
        return clients.stream().mapToInt(client -> client.acknowledged().size()).sum();
    }

    /** A client's number is its conversation's too, after division: each conversation has clients at both servers. */
    private static List<AppendingClient> startConversations(Cluster cluster, SplittableRandom random)
            throws IOException {
        Api api = cluster.instance(0).server().api();
        var clients = new ArrayList<AppendingClient>();
        String conversation = "";
        for (int i = 0; i < CLIENTS; i++) {
            conversation = i % (CLIENTS / CONVERSATIONS) == 0 ? api.startConversation() : conversation;
            clients.add(new AppendingClient("c" + i, conversation, random.split(), MAX_FILLER));
        }
        return clients;
    }
}
