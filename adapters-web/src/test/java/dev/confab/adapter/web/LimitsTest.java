package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.LimitedServer.StoppedClock;
import dev.confab.adapter.web.problem.ProblemAdvice;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Limits.Rate;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The limits of owners. Each test has owners of its own. */
@SpringBootTest(classes = LimitedServer.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class LimitsTest extends KeyTest {
    @Autowired
    StoppedClock rateClock;

    @Autowired
    ProblemAdvice problems;

    @Autowired
    ScriptedAssistant assistant;

    private static String newOwner() {
        return "owner " + UUID.randomUUID();
    }

    private String keyOf(String owner) {
        return key(owner, Scope.READ, Scope.WRITE);
    }

    private String keyOf(String owner, Limits limits) {
        return bearer(
                keys.issue(new OwnerId(owner), "test", Set.of(Scope.READ, Scope.WRITE), Optional.empty(), limits));
    }

    private static Limits rate(int perSecond, int burst) {
        return new Limits(Optional.of(new Rate(perSecond, burst)), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    /** A rate that a test does not reach, and these limits. */
    private static Limits quota(long bytes, int conversations) {
        return new Limits(Optional.of(new Rate(1_000, 100_000)), Optional.empty(), Optional.empty(),
                Optional.of(bytes), Optional.of(conversations));
    }

    @Test
    void past_the_rate_is_429_with_the_time_to_wait_and_other_owners_are_not_affected() {
        String ann = keyOf(newOwner());
        String ben = keyOf(newOwner());
        long before = problems.refused(ProblemCode.RATE_LIMITED);
        for (int left = 4; left >= 0; left--) {
            Reply reply = get("/info", AUTHORIZATION, ann).expect(200);
            assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"owner\";q=5;w=3");
            assertThat(reply.header("RateLimit")).startsWith("\"owner\";r=" + left + ";t=");
        }

        Reply refused = get("/info", AUTHORIZATION, ann).expectProblem(429, "rate-limited");

        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("RateLimit")).isEqualTo("\"owner\";r=0;t=3");
        assertThat(refused.text("limit")).isEqualTo("2");
        assertThat(get("/info", AUTHORIZATION, ben).expect(200).header("RateLimit")).startsWith("\"owner\";r=4;");
        assertThat(problems.refused(ProblemCode.RATE_LIMITED)).isEqualTo(before + 1);
        rateClock.pass(Duration.ofSeconds(1));
        get("/info", AUTHORIZATION, ann).expect(200);
        get("/info", AUTHORIZATION, ann).expect(200);
        get("/info", AUTHORIZATION, ann).expectProblem(429, "rate-limited");
    }

    @Test
    void the_pages_have_the_same_limits() throws Exception {
        String ann = keyOf(newOwner(), quota(100_000, 1));
        page("POST", "/chat", first("a1"), AUTHORIZATION, ann).expect(204);
        page("POST", "/chat", first("a2"), AUTHORIZATION, ann).expectProblem(413, "quota-exceeded");

        String ben = keyOf(newOwner());
        for (int i = 0; i < 5; i++) {
            page("GET", "/chat/list", "", AUTHORIZATION, ben).expect(200);
        }
        page("GET", "/chat/list", "", AUTHORIZATION, ben).expectProblem(429, "rate-limited");
        page("GET", "/chat", "", AUTHORIZATION, ben).expectProblem(429, "rate-limited");
    }

    private static String first(String end) {
        String id = "11111111-0000-4000-8000-0000000000" + end;
        return "{\"conversation\":\"" + id + "\",\"id\":\"" + id + "\",\"text\":\"hello\"}";
    }

    @Test
    void every_method_and_every_failure_after_log_in_counts_and_an_unknown_token_does_not() {
        String ann = keyOf(newOwner());
        call("HEAD", "/info", BodyPublishers.noBody(), AUTHORIZATION, ann).expect(200);
        call("PUT", "/info", BodyPublishers.noBody(), AUTHORIZATION, ann).expect(405);
        get("/nothing", AUTHORIZATION, ann).expect(404);
        post("/conversations", "{", AUTHORIZATION, ann).expect(400);
        get("/info", AUTHORIZATION, ann + "x").expect(401);
        call("HEAD", "/info", BodyPublishers.noBody(), AUTHORIZATION, ann).expect(200);

        assertThat(call("HEAD", "/info", BodyPublishers.noBody(), AUTHORIZATION, ann).expect(429).body()).isEmpty();
        call("DELETE", "/conversations/" + UUID.randomUUID(), BodyPublishers.noBody(), AUTHORIZATION, ann).expect(429);
        get("/conversations", AUTHORIZATION, key(newOwner(), Scope.WRITE)).expect(403);
    }

    @Test
    void a_refused_request_s_body_is_not_asked_for() throws IOException {
        String ann = keyOf(newOwner());
        for (int i = 0; i < 5; i++) {
            get("/info", AUTHORIZATION, ann).expect(200);
        }

        String answer = sendHead("POST /api/v1/conversations HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + ann
                + "\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n");

        assertThat(answer).startsWith("HTTP/1.1 429").contains("\"code\":\"rate-limited\"");
    }

    @Test
    void paths_without_an_owner_have_no_rate() {
        for (int i = 0; i < 20; i++) {
            for (String path : new String[]{"/v3/api-docs", "/problems/rate-limited"}) {
                var reply = unlimited(path);
                assertThat(reply.status()).as(path).isEqualTo(200);
                assertThat(reply.header("RateLimit")).as(path).isEmpty();
            }
        }
    }

    private Reply unlimited(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
            return Reply.of(CLIENT.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void each_owner_that_a_backend_names_has_a_rate_and_a_key_may_have_another_one() {
        String backend = key(newOwner(), Scope.READ, Scope.ON_BEHALF);
        String ann = newOwner();
        for (int i = 0; i < 5; i++) {
            get("/info", AUTHORIZATION, backend, "Confab-Owner", ann).expect(200);
        }
        get("/info", AUTHORIZATION, backend, "Confab-Owner", ann).expect(429);
        get("/info", AUTHORIZATION, backend, "Confab-Owner", newOwner()).expect(200);
        get("/info", AUTHORIZATION, keyOf(ann)).expect(429);

        assertThat(get("/info", AUTHORIZATION, keyOf(ann, rate(7, 8))).expect(200).header("RateLimit-Policy"))
                .isEqualTo("\"owner\";q=8;w=2");
    }

    @Test
    void an_event_stream_too_many_of_an_owner_is_429_and_other_owners_get_theirs() throws Exception {
        String ann = keyOf(newOwner());
        try (var _ = new EventClient(uri("/events"), AUTHORIZATION, ann);
                var _ = new EventClient(uri("/events"), AUTHORIZATION, ann)) {
            Reply refused = get("/events", AUTHORIZATION, ann, "Accept", "text/event-stream, application/problem+json")
                    .expectProblem(429, "streams-limited");
            assertThat(refused.header("Retry-After")).isEqualTo("2");
            assertThat(refused.text("limit")).isEqualTo("2");
            try (var others = new EventClient(uri("/events"), AUTHORIZATION, keyOf(newOwner()))) {
                assertThat(others.response().statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void a_turn_too_many_of_an_owner_is_429_records_nothing_and_other_owners_start_theirs() {
        String ann = keyOf(newOwner(), rate(1_000, 10_000));
        String prompt = TurnTest.prompt();
        var script = assistant.script(prompt);
        start(ann, prompt).expect(202);
        String session = newSession(ann);

        Reply refused = post(session + "/turns", "{\"text\":\"Hi\"}", AUTHORIZATION, ann)
                .expectProblem(429, "turns-limited");

        assertThat(refused.header("Retry-After")).isEqualTo("2");
        assertThat(refused.text("limit")).isEqualTo("1");
        Reply read = get(session, AUTHORIZATION, ann).expect(200);
        assertThat(get("/conversations/" + read.text("conversationId"), AUTHORIZATION, ann).text("messageCount"))
                .isEqualTo("0");
        start(keyOf(newOwner()), TurnTest.prompt()).expect(202);
        script.complete();
    }

    private Reply start(String key, String prompt) {
        return post(newSession(key) + "/turns", "{\"text\":\"" + prompt + "\"}", AUTHORIZATION, key);
    }

    private String newSession(String key) {
        return "/sessions/" + post("/sessions", "{}", AUTHORIZATION, key).expect(201).text("id");
    }

    @Test
    void beyond_the_quota_of_bytes_a_write_is_413_and_room_is_there_again_after_a_removal() {
        String ann = keyOf(newOwner(), quota(1_000, 10));
        String path = "/conversations/" + post("/conversations", "{}", AUTHORIZATION, ann).expect(201).text("id");
        String first = post(path + "/messages", draft("x".repeat(500)), AUTHORIZATION, ann, "Idempotency-Key", "1")
                .expect(201).text("id");

        Reply refused = post(path + "/messages", draft("x".repeat(500)), AUTHORIZATION, ann)
                .expectProblem(413, "quota-exceeded");

        assertThat(refused.text("quota")).isEqualTo("stored-bytes");
        assertThat(refused.text("limit")).isEqualTo("1000");
        assertThat(refused.text("used")).isEqualTo("756");
        assertThat(refused.header("Retry-After")).isEmpty();
        post(path + "/messages", draft("x".repeat(500)), AUTHORIZATION, ann, "Idempotency-Key", "1").expect(200);
        Reply usage = get("/usage", AUTHORIZATION, ann).expect(200);
        assertThat(usage.text("storedBytes")).isEqualTo("756");
        assertThat(usage.text("messages")).isEqualTo("1");
        assertThat(usage.text("conversations")).isEqualTo("1");
        assertThat(usage.text("limits.storedBytes")).isEqualTo("1000");
        assertThat(usage.text("limits.eventStreams")).isEqualTo("2");
        patch(path + "/messages/" + first, "{\"text\":\"short\"}", AUTHORIZATION, ann).expect(200);
        post(path + "/messages", draft("x".repeat(450)), AUTHORIZATION, ann).expect(201);
        delete(path, AUTHORIZATION, ann).expect(204);
        assertThat(get("/usage", AUTHORIZATION, ann).text("storedBytes")).isNotEqualTo("0");
        delete(path + "?purge=true", AUTHORIZATION, ann).expect(204);
        assertThat(get("/usage", AUTHORIZATION, ann).text("storedBytes")).isEqualTo("0");
    }

    @Test
    void beyond_the_quota_of_conversations_no_operation_starts_one() {
        String ann = keyOf(newOwner(), quota(100_000, 1));
        Reply first = post("/conversations", "{\"messages\":[" + draft("one") + "]}", AUTHORIZATION, ann).expect(201);
        String path = "/conversations/" + first.text("id");
        String export = get(path + "/export", AUTHORIZATION, ann).expect(200).body();
        String message = get(path + "/messages", AUTHORIZATION, ann).json().at("/items/0/id").stringValue();

        for (Reply refused : new Reply[]{post("/conversations", "{}", AUTHORIZATION, ann),
                post("/sessions", "{}", AUTHORIZATION, ann),
                post(path + "/fork", "{\"messageId\":\"" + message + "\"}", AUTHORIZATION, ann),
                post("/conversations/import", export.replace(first.text("id"), UUID.randomUUID().toString()),
                        AUTHORIZATION, ann)}) {
            assertThat(refused.expectProblem(413, "quota-exceeded").text("quota")).isEqualTo("conversations");
        }
        post(path + "/messages", draft("two"), AUTHORIZATION, ann).expect(201);
        assertThat(problems.refused(ProblemCode.QUOTA_EXCEEDED)).isPositive();
    }

    @Test
    void an_administrator_gives_a_key_limits() {
        String admin = key(newOwner(), Scope.ADMIN);
        String owner = newOwner();
        Reply made = post("/admin/keys", "{\"owner\":\"" + owner + "\",\"name\":\"n\",\"scopes\":[\"read\"],\"limits\":"
                + "{\"requestsPerSecond\":3,\"storedBytes\":5000000000,\"eventStreams\":null}}", AUTHORIZATION, admin)
                .expect(201);

        assertThat(made.text("key.limits.requestsPerSecond")).isEqualTo("3");
        assertThat(made.text("key.limits.burst")).isEqualTo("15");
        assertThat(made.text("key.limits.eventStreams")).isEqualTo("null");
        Reply usage = get("/usage", AUTHORIZATION, "Bearer " + made.text("token")).expect(200);
        assertThat(usage.header("RateLimit-Policy")).isEqualTo("\"owner\";q=15;w=5");
        assertThat(usage.text("limits.storedBytes")).isEqualTo("5000000000");
        assertThat(usage.text("limits.conversations")).isEqualTo("2");
        String start = "{\"owner\":\"a\",\"name\":\"n\",\"scopes\":[\"read\"],\"limits\":";
        post("/admin/keys", start + "{\"burst\":3}}", AUTHORIZATION, admin).expectInvalidAt("#/limits/burst");
        post("/admin/keys", start + "{\"runningTurns\":0}}", AUTHORIZATION, admin)
                .expectInvalidAt("#/limits/runningTurns");
    }
}
