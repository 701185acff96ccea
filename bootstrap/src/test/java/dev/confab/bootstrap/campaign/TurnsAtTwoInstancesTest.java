package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Turns at two servers over one PostgreSQL: who may start one, and what becomes of it when its server dies or sleeps (S18, S19). */
class TurnsAtTwoInstancesTest {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofSeconds(60);
    /** What a turn may outlast its lease by, until the other server has looked. */
    private static final Duration SWEEP = Duration.ofSeconds(60);

    @Test
    void of_forty_concurrent_starts_one_wins() throws Exception {
        startConcurrently(40, 3);
    }

    @Test
    @Tag("campaign")
    void of_two_hundred_concurrent_starts_one_wins() throws Exception {
        startConcurrently(200, 50);
    }

    private void startConcurrently(int starts, int rounds) throws Exception {
        try (Cluster cluster = Cluster.serving()) {
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
                assertThat(one.messages(session.get("conversationId").asString())).hasSize(2 * round);
            }
            System.out.printf("%d rounds of %d starts: one began, %d were refused with its id, and it completed%n",
                    rounds, starts, starts - 1);
        }
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

    @Test
    void the_turn_of_a_killed_server_fails_when_its_lease_is_over() throws Exception {
        killTheRunner(Duration.ofSeconds(3));
    }

    @Test
    @Tag("campaign")
    void the_turn_of_a_killed_server_fails_when_the_usual_lease_is_over() throws Exception {
        killTheRunner(Duration.ofSeconds(30));
    }

    private void killTheRunner(Duration lease) throws Exception {
        try (Cluster cluster = Cluster.serving("--confab.turn.lease=" + lease.toSeconds() + "s")) {
            ServerProcess runner = cluster.instance(0).server();
            Api other = cluster.instance(1).server().api();
            JsonNode session = runner.api().startSession();
            String turn = startSlowly(runner.api(), session);

            runner.kill();
            long killed = System.nanoTime();
            JsonNode failed = other.awaitState(turn, "failed", lease.plus(SWEEP));

            assertThat(failed.get("failure").get("code").asString()).isEqualTo("lease-expired");
            assertNoOtherWordsAreThere(other, session);
            String next = id(other.startTurn(session.get("id").asString(), "/echo again"));
            other.awaitState(next, "completed", SOON);
            System.out.printf("killed under a lease of %s: failed by the other after %.1f s%n", lease,
                    (System.nanoTime() - killed) / 1e9);
        }
    }

    @Test
    @Tag("campaign")
    void a_start_at_the_other_server_need_not_wait_for_a_sweep() throws Exception {
        Duration lease = Duration.ofSeconds(2);
        try (Cluster cluster = Cluster.serving("--confab.turn.lease=2s", "--confab.session.sweep-every=1h")) {
            ServerProcess runner = cluster.instance(0).server();
            Api other = cluster.instance(1).server().api();
            JsonNode session = runner.api().startSession();
            String turn = startSlowly(runner.api(), session);
            runner.kill();

            String next = awaitStart(other, session.get("id").asString(), lease.plus(SWEEP));

            assertThat(other.turn(turn).get("state").asString()).isEqualTo("failed");
            other.awaitState(next, "completed", SOON);
        }
    }

    @Test
    void a_server_that_slept_through_its_lease_writes_nothing() throws Exception {
        Duration lease = Duration.ofSeconds(3);
        try (Cluster cluster = Cluster.serving("--confab.turn.lease=3s")) {
            ServerProcess sleeper = cluster.instance(0).server();
            Api other = cluster.instance(1).server().api();
            JsonNode session = sleeper.api().startSession();
            String conversation = session.get("conversationId").asString();
            // It would be complete long before the sleeper is asked again.
            String turn = id(
                    sleeper.api().startTurn(session.get("id").asString(), "/slow 500 one two three four five"));
            sleeper.pause();
            try {
                other.awaitState(turn, "failed", lease.plus(SWEEP));
                String next = id(other.startTurn(session.get("id").asString(), "/echo meanwhile"));
                other.awaitState(next, "completed", SOON);
            } finally {
                sleeper.resume();
            }
            List<Api.Stored> before = other.messages(conversation);
            awaitIdle(sleeper.api());

            assertThat(other.messages(conversation)).isEqualTo(before);
            assertThat(before).extracting(Api.Stored::text)
                    .containsExactly("/slow 500 one two three four five", "/echo meanwhile", "meanwhile");
            assertThat(sleeper.api().turn(turn).get("state").asString()).isEqualTo("failed");
        }
    }

    /** A turn that takes minutes, and has begun to speak. */
    private static String startSlowly(Api api, JsonNode session) throws IOException {
        return id(api.startTurn(session.get("id").asString(), "/slow 1000 " + "word ".repeat(200).strip()));
    }

    private static String id(Api.Answer begun) {
        assertThat(begun.status()).as("%s", begun).isEqualTo(202);
        return begun.body().get("id").asString();
    }

    /** The prompt, and what the last renewal had stored of the answer, if there was one. */
    private static void assertNoOtherWordsAreThere(Api api, JsonNode session) throws IOException {
        assertThat(api.messages(session.get("conversationId").asString())).extracting(Api.Stored::text)
                .satisfies(texts -> assertThat(texts.getFirst()).startsWith("/slow"))
                .satisfies(texts -> assertThat(texts.subList(1, texts.size())).hasSizeLessThan(2)
                        .allMatch(text -> text.startsWith("word")));
    }

    private static String awaitStart(Api api, String session, Duration limit) {
        return id(await().atMost(limit).pollInterval(POLL).until(() -> api.startTurn(session, "/echo again"),
                answer -> answer.status() != 409));
    }

    /** Until the server runs no turn any more. */
    private static void awaitIdle(Api api) {
        await().atMost(SOON).pollInterval(POLL).until(() -> api.meter("confab_turns_running") == 0);
    }
}
