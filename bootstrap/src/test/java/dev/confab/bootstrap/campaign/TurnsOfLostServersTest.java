package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Turns whose server dies or sleeps, while another one serves the same PostgreSQL (S18, S19). */
@Tag("process")
class TurnsOfLostServersTest {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration SHORT_LEASE = Duration.ofSeconds(3);
    /** What a turn may outlast its lease by, until the other server has looked. */
    private static final Duration SWEEP = Duration.ofSeconds(60);

    /** Both tests of the short form use it; the one that kills a server starts it again. */
    @AutoClose
    private static final Cluster SHARED = Cluster.serving("--confab.turn.lease=" + SHORT_LEASE.toSeconds() + "s");

    @Test
    void the_turn_of_a_killed_server_fails_when_its_lease_is_over() throws Exception {
        killTheRunner(SHARED, SHORT_LEASE);
        SHARED.instance(0).killAndRestart();
    }

    @Test
    @Tag("campaign")
    void the_turn_of_a_killed_server_fails_when_the_usual_lease_is_over() throws Exception {
        try (Cluster cluster = Cluster.serving()) {
            killTheRunner(cluster, Duration.ofSeconds(30));
        }
    }

    private void killTheRunner(Cluster cluster, Duration lease) throws Exception {
        ServerProcess runner = cluster.instance(0).server();
        Api other = cluster.instance(1).server().api();
        JsonNode session = runner.api().startSession();
        String turn = startSlowly(runner.api(), session);
        String waiting = id(other.queueTurn(session.get("id").asString(), "/echo waited"));

        runner.kill();
        long killed = System.nanoTime();
        JsonNode failed = other.awaitState(turn, "failed", lease.plus(SWEEP));

        assertThat(failed.get("failure").get("code").asString()).isEqualTo("lease-expired");
        assertThat(other.awaitState(waiting, "completed", SOON).get("queuedAt").isNull()).isFalse();
        assertNoOtherWordsAreThere(other, session);
        String next = id(other.startTurn(session.get("id").asString(), "/echo again"));
        other.awaitState(next, "completed", SOON);
        System.out.printf("killed under a lease of %s: failed by the other after %.1f s%n", lease,
                (System.nanoTime() - killed) / 1e9);
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
        ServerProcess sleeper = SHARED.instance(0).server();
        Api other = SHARED.instance(1).server().api();
        JsonNode session = sleeper.api().startSession();
        String conversation = session.get("conversationId").asString();
        // It would be complete long before the sleeper is asked again.
        String turn = id(sleeper.api().startTurn(session.get("id").asString(), "/slow 500 one two three four five"));
        sleeper.pause();
        try {
            other.awaitState(turn, "failed", SHORT_LEASE.plus(SWEEP));
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

    /** A turn that takes minutes, and has begun to speak. */
    private static String startSlowly(Api api, JsonNode session) throws IOException {
        return id(api.startTurn(session.get("id").asString(), "/slow 1000 " + "word ".repeat(200).strip()));
    }

    private static String id(Api.Answer begun) {
        assertThat(begun.status()).as("%s", begun).isEqualTo(202);
        return begun.body().get("id").asString();
    }

    /** The prompt, what the last renewal had stored of the answer, if there was any, and the turn that waited. */
    private static void assertNoOtherWordsAreThere(Api api, JsonNode session) throws IOException {
        assertThat(api.messages(session.get("conversationId").asString())).extracting(Api.Stored::text)
                .satisfies(texts -> assertThat(texts.getFirst()).startsWith("/slow"))
                .satisfies(texts -> assertThat(texts.subList(texts.size() - 2, texts.size()))
                        .isEqualTo(List.of("/echo waited", "waited")))
                .satisfies(texts -> assertThat(texts.subList(1, texts.size() - 2)).hasSizeLessThan(2)
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
