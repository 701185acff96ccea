package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everyone in one conversation, at two servers over one PostgreSQL (S3, S6). */
@Tag("process")
@ExtendWith(SharedCluster.class)
class TwoInstancesTest {
    private static final int FILLER = 200;
    private static final Duration EVENTS = Duration.ofSeconds(60);

    @Test
    void eight_clients_at_each_append_twenty_five_messages(Cluster shared) throws Exception {
        appendToOneConversation(shared, 8, 25);
    }

    @Test
    @Tag("campaign")
    void thirty_two_clients_at_each_append_a_hundred_messages() throws Exception {
        try (Cluster cluster = Cluster.serving()) {
            appendToOneConversation(cluster, 32, 100);
        }
    }

    private void appendToOneConversation(Cluster cluster, int clientsEach, int appends) throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        Api one = cluster.instance(0).server().api();
        Api other = cluster.instance(1).server().api();
        String conversation = one.startConversation();
        List<AppendingClient> clients = IntStream.range(0, 2 * clientsEach)
                .mapToObj(i -> new AppendingClient("c" + i, conversation, random.split(), FILLER)).toList();
        try (Replica atOne = Replica.follow(() -> one, conversation);
                Replica atOther = Replica.follow(() -> other, conversation)) {
            double seconds = Crowd.append(clients, client -> clients.indexOf(client) % 2 == 0 ? one : other, appends);
            List<Api.Stored> messages = one.messages(conversation);
            long version = one.version(conversation);

            assertThat(messages).hasSize(clients.size() * appends);
            Ledger.verify(one, clients, "seed " + seed);
            Ledger.verify(other, clients, "seed " + seed + ", at the other");
            assertThat(atOne.awaitVersion(version, EVENTS)).isEqualTo(messages);
            assertThat(atOther.awaitVersion(version, EVENTS)).isEqualTo(messages);
            assertThat(List.of(atOne.streams(), atOther.streams())).containsOnly(1);
            System.out.printf("%d appends to one conversation at two servers in %.1f s; seed %d%n", messages.size(),
                    seconds, seed);
        }
    }
}
