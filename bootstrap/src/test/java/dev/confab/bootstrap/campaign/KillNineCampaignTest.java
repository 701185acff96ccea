package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the server while many clients append, again and again on the same data (S2, S10, S15). */
@Tag("process")
class KillNineCampaignTest {
    private static final int CONVERSATIONS = 4;
    private static final int CLIENTS = 16;
    private static final int MAX_FILLER = 2_000;
    /** So that checkpoints are made under the load, and are killed too. */
    private static final String SMALL_JOURNAL = "--confab.file.checkpoint-size=100KB";

    @TempDir
    Path directory;

    @Test
    void nothing_acknowledged_is_lost_doubled_or_moved_by_three_kills() throws Exception {
        campaign(3, System.nanoTime());
    }

    @Test
    @Tag("campaign")
    void nothing_acknowledged_is_lost_doubled_or_moved_by_a_hundred_kills() throws Exception {
        campaign(100, System.nanoTime());
    }

    private void campaign(int rounds, long seed) throws Exception {
        System.out.println("kill -9 campaign with seed " + seed);
        var random = new SplittableRandom(seed);
        Path data = directory.resolve("data");
        List<AppendingClient> clients = startConversations(data, random);
        int startsKilled = 0;
        int unanswered = 0;
        for (int round = 1; round <= rounds; round++) {
            String context = "seed " + seed + ", round " + round;
            try (ServerProcess server = ServerProcess.serving(data, SMALL_JOURNAL)) {
                appendUntilKilled(server, clients, random);
            }
            unanswered += (int) clients.stream().filter(client -> client.pendingId().isPresent()).count();
            if (random.nextInt(4) == 0) {
                killWhileItStarts(data, random);
                startsKilled++;
            }
            try (ServerProcess server = ServerProcess.serving(data, SMALL_JOURNAL)) {
                Ledger.verify(server.api(), clients, context);
                for (AppendingClient client : clients) {
                    client.repeatPending(server.api());
                }
                Ledger.verify(server.api(), clients, context + ", after the repeats");
            }
            System.out.printf("round %d of %d: %d messages stand where they were acknowledged%n", round, rounds,
                    acknowledged(clients));
        }
        int acknowledged = acknowledged(clients);
        System.out.printf("%d rounds: %d messages acknowledged, %d requests cut off and repeated, %d starts killed%n",
                rounds, acknowledged, unanswered, startsKilled);
        assertThat(acknowledged).isGreaterThan(rounds);
    }

    private static int acknowledged(List<AppendingClient> clients) {
        return clients.stream().mapToInt(client -> client.acknowledged().size()).sum();
    }

    private static List<AppendingClient> startConversations(Path data, SplittableRandom random) throws IOException {
        try (ServerProcess server = ServerProcess.serving(data, SMALL_JOURNAL)) {
            var conversations = new ArrayList<String>();
            for (int i = 0; i < CONVERSATIONS; i++) {
                conversations.add(server.api().startConversation());
            }
            var clients = new ArrayList<AppendingClient>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new AppendingClient("c" + i, conversations.get(i % CONVERSATIONS), random.split(),
                        MAX_FILLER));
            }
            return clients;
        }
    }

    /** The moment of death: after a random number of acknowledgements, and a random part of the time that the next one takes. */
    private static void appendUntilKilled(ServerProcess server, List<AppendingClient> clients, SplittableRandom random)
            throws InterruptedException, ExecutionException {
        var enough = new CountDownLatch(1 + random.nextInt(400));
        Duration beyond = Duration.ofNanos(random.nextInt(5_000_000));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (AppendingClient client : clients) {
                running.add(threads.submit(
                        () -> client.appendUntilTheServerDies(server.api(), enough::countDown)));
            }
            boolean reached = enough.await(60, TimeUnit.SECONDS) && !server.endsWithin(beyond);
            server.kill();
            for (Future<?> client : running) {
                client.get();
            }
            assertThat(reached).as("the server took the load until it was killed; its log ends:\n%s",
                    server.lastLines()).isTrue();
        }
    }

    private static void killWhileItStarts(Path data, SplittableRandom random) {
        try (ServerProcess server = ServerProcess.launch(data, SMALL_JOURNAL)) {
            assertThat(server.endsWithin(Duration.ofMillis(random.nextInt(6_000))))
                    .as("the server ended by itself; its log ends:\n%s", server.lastLines()).isFalse();
        }
    }
}
