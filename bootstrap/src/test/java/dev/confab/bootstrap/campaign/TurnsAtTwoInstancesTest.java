package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Turns at two servers over one PostgreSQL: who may start one (S18). */
@Tag("process")
@ExtendWith(SharedCluster.class)
class TurnsAtTwoInstancesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void of_forty_concurrent_starts_one_wins(Cluster shared) throws Exception {
        startConcurrently(shared, 40, 3);
    }

    @Test
    @Tag("campaign")
    void of_two_hundred_concurrent_starts_one_wins() throws Exception {
        try (Cluster cluster = Cluster.serving()) {
            startConcurrently(cluster, 200, 50);
        }
    }

    private void startConcurrently(Cluster cluster, int starts, int rounds) throws Exception {
        Api one = cluster.instance(0).server().api();
        JsonNode session = one.startSession();
        for (int round = 1; round <= rounds; round++) {
            String winner = startTogether(cluster, session.get("id").asString(), starts);
            // It waits for a yes, so that none of the others can have come after its end.
            JsonNode waiting = one.awaitState(winner, "awaiting-approval", SOON);
            Api other = cluster.instance(round).server().api();
            String call = waiting.get("calls").get(0).get("id").asString();
            assertThat(other.approve(winner, call).status()).isEqualTo(200);
            one.awaitState(winner, "completed", SOON);
            assertThat(one.messages(session.get("conversationId").asString())).hasSize(4 * round);
        }
        System.out.printf("%d rounds of %d starts: one began, %d were refused with its id, and it completed%n",
                rounds, starts, starts - 1);
    }

    /** Returns the id of the one turn that began. */
    private static String startTogether(Cluster cluster, String session, int starts) throws Exception {
        List<Callable<Api.Answer>> callers = IntStream.range(0, starts).<Callable<Api.Answer>>mapToObj(
                i -> () -> cluster.instance(i).server().api().startTurn(session, "/search nothing " + i)).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Api.Answer> answers = threads.invokeAll(callers).stream().map(Future::resultNow).toList();
            List<Api.Answer> begun = answers.stream().filter(answer -> answer.status() == 202).toList();
            assertThat(begun).as("answers: %s", answers).hasSize(1);
            String winner = begun.getFirst().body().get("id").asString();
            assertThat(answers).filteredOn(answer -> answer.status() != 202).allSatisfy(refused -> {
                assertThat(refused.status()).isEqualTo(409);
                assertThat(refused.body().get("code").asString()).isEqualTo("turn-in-progress");
                assertThat(refused.body().get("turnId").asString()).isEqualTo(winner);
            });
            return winner;
        }
    }

    private static String id(Api.Answer begun) {
        assertThat(begun.status()).as("%s", begun).isEqualTo(202);
        return begun.body().get("id").asString();
    }
}
