package dev.confab.bootstrap.endtoend;

import static dev.confab.domain.access.Scope.ADMIN;
import static dev.confab.domain.access.Scope.ON_BEHALF;
import static dev.confab.domain.access.Scope.READ;
import static dev.confab.domain.access.Scope.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.application.ApiKeys;
import dev.confab.bootstrap.endtoend.ApiOperation.Belongings;
import dev.confab.bootstrap.endtoend.ApiOperation.Hidden;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls every operation of the API for what belongs to one owner: without a token, with keys that are no longer valid, with keys that lack
 * a scope, and as another owner. No caller reads or changes what belongs to another owner. A subclass chooses the store.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IsolationContract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String WORD = "hidden";

    private RunningConfab confab;
    private ApiKeys keys;
    private String ann;
    private String bob;
    private Belongings belongings;
    private Map<String, ApiOperation> operations;

    /** Starts Confab on an empty store, with these settings besides. */
    abstract RunningConfab start(String... settings) throws Exception;

    @BeforeAll
    void begin() throws Exception {
        confab = start("--confab.security=api-keys");
        keys = confab.bean(ApiKeys.class);
        ann = key("ann", READ, WRITE);
        bob = key("bob", READ, WRITE);
        belongings = belongingsOf(ann);
        operations = ApiOperation.all(belongings);
    }

    @AfterAll
    void end() {
        confab.close();
    }

    private Belongings belongingsOf(String token) throws Exception {
        var conversation = json(call(token, "POST", "/api/v1/conversations",
                "{\"title\":\"" + WORD + "\",\"messages\":[{\"role\":\"user\",\"text\":\"" + WORD + "\"}]}"));
        String id = conversation.get("id").stringValue();
        var session = json(call(token, "POST", "/api/v1/sessions", "{\"conversationId\":\"" + id + "\"}"));
        String sessionId = session.get("id").stringValue();
        var turn = json(call(token, "POST", "/api/v1/sessions/" + sessionId + "/turns", "{\"text\":\"/echo "
                + WORD + "\"}"));
        String turnId = turn.get("id").stringValue();
        await().atMost(Duration.ofMinutes(1)).until(() -> json(call(token, "GET", "/api/v1/turns/" + turnId, ""))
                .get("state").stringValue().equals("completed"));
        var messages = json(call(token, "GET", "/api/v1/conversations/" + id + "/messages", ""));
        String export = call(token, "GET", "/api/v1/conversations/" + id + "/export", "").text();
        var webhook = json(
                call(token, "POST", "/api/v1/webhooks", "{\"url\":\"https://receiver.invalid/" + WORD + "\"}"));
        var importJob = json(call(token, "POST", "/api/v1/imports?name=" + WORD,
                "[{\"id\":\"1\",\"conversations\":[{\"from\":\"human\",\"value\":\"" + WORD + "\"}]}]"));
        ApiKeyId other = keys.issue(new OwnerId("ann"), "another", Set.of(READ), Optional.empty()).key().id();
        return new Belongings(id, messages.at("/items/0/id").stringValue(), sessionId, turnId, WORD, export,
                other.toString(), webhook.at("/webhook/id").stringValue(), importJob.get("id").stringValue());
    }

    private String key(String owner, Scope... scopes) {
        return keys.issue(new OwnerId(owner), "test", Set.of(scopes), Optional.empty()).token().text();
    }

    record Answer(int status, String contentType, String challenge, String text) {
        String code() {
            return contentType.equals("application/problem+json") ? JSON.readTree(text).path("code").asString("") : "";
        }
    }

    /** A stream that opens is closed again. */
    private Answer call(String token, String method, String path, String body, String... more) throws Exception {
        var headers = new ArrayList<>(List.of(more));
        if (!token.isEmpty()) {
            headers.addAll(List.of("Authorization", "Bearer " + token));
        }
        var response = confab.call(method, path, body, headers.toArray(String[]::new));
        String type = response.headers().firstValue("Content-Type").orElse("");
        try (var in = response.body()) {
            String text = type.startsWith("text/event-stream")
                    ? ""
                    : new String(in.readAllBytes(),
                            StandardCharsets.UTF_8);
            return new Answer(response.statusCode(), type,
                    response.headers().firstValue("WWW-Authenticate").orElse(""), text);
        }
    }

    private Answer call(String token, ApiOperation operation, String... headers) throws Exception {
        return call(token, operation.method(), operation.path(), operation.body(), headers);
    }

    private static JsonNode json(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return JSON.readTree(answer.text());
    }

    private static void expect(String operation, Answer answer, int status, String code) {
        assertThat(answer.status()).as(operation + " " + answer.text()).isEqualTo(status);
        assertThat(answer.code()).as(operation).isEqualTo(code);
        if (status == 401 || code.equals("insufficient-scope")) {
            assertThat(answer.challenge()).as(operation).startsWith("Bearer realm=\"confab\"");
        }
    }

    @Test
    void the_table_has_every_operation_and_no_other() throws Exception {
        var described = new TreeSet<String>();
        json(call("", "GET", "/v3/api-docs", "")).get("paths").forEach(path -> path.forEach(call -> {
            if (call.has("operationId")) {
                described.add(call.get("operationId").stringValue());
            }
        }));

        assertThat(new TreeSet<>(operations.keySet())).isEqualTo(described);
    }

    @Test
    void without_log_in_only_public_paths_are_served() throws Exception {
        for (var each : operations.entrySet()) {
            Answer answer = call("", each.getValue());
            if (each.getValue().hidden() == Hidden.PUBLIC) {
                assertThat(answer.status()).as(each.getKey()).isEqualTo(200);
            } else {
                expect(each.getKey(), answer, 401, "unauthenticated");
            }
        }
    }

    @Test
    void a_revoked_and_an_expired_key_get_nothing() throws Exception {
        var revoked = keys.issue(new OwnerId("ann"), "test", Set.of(Scope.values()), Optional.empty());
        keys.revoke(revoked.key().id());
        var soon = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(500);
        String expired = keys.issue(new OwnerId("ann"), "test", Set.of(Scope.values()), Optional.of(soon)).token()
                .text();
        await().atMost(Duration.ofMinutes(1)).until(() -> call(expired, "GET", "/api/v1/info", "").status() == 401);

        for (var each : operations.entrySet()) {
            expect(each.getKey(), call(revoked.token().text(), each.getValue()), 401, "unauthenticated");
            expect(each.getKey(), call(expired, each.getValue()), 401, "unauthenticated");
        }
    }

    @Test
    void a_key_that_may_only_read_reads_and_changes_nothing() throws Exception {
        String reader = key("ann", READ);
        String before = call(ann, operations.get("exportConversation")).text();

        for (var each : operations.entrySet()) {
            Answer answer = call(reader, each.getValue());
            if (each.getValue().hidden() == Hidden.ADMIN || !each.getValue().reads()) {
                expect(each.getKey(), answer, 403, "insufficient-scope");
            } else {
                // A conversation that is complete has no progress, not even for its owner.
                int expected = each.getKey().equals("getCreationProgress") ? 404 : 200;
                assertThat(answer.status()).as(each.getKey() + " " + answer.text()).isEqualTo(expected);
            }
        }
        assertThat(call(ann, operations.get("exportConversation")).text()).isEqualTo(before);
    }

    @Test
    void keys_that_may_not_read_read_nothing() throws Exception {
        for (var each : operations.entrySet()) {
            ApiOperation operation = each.getValue();
            if (operation.reads() && operation.hidden() != Hidden.PUBLIC) {
                expect(each.getKey(), call(key("ann", WRITE), operation), 403, "insufficient-scope");
            }
            if (operation.hidden() != Hidden.ADMIN && operation.hidden() != Hidden.PUBLIC) {
                expect(each.getKey(), call(key("ann", ADMIN, ON_BEHALF), operation), 403, "insufficient-scope");
            }
        }
        for (String path : new String[]{"/actuator/health", "/actuator/prometheus", "/actuator", "/nothing"}) {
            expect(path, call(ann, "GET", path, ""), 403, "insufficient-scope");
            expect(path, call("", "GET", path, ""), 401, "unauthenticated");
        }
    }

    @Test
    void another_owner_finds_nothing_whether_by_a_key_or_by_a_backends_header() throws Exception {
        String before = call(ann, operations.get("exportConversation")).text();
        String backend = key("backend", READ, WRITE, ON_BEHALF);

        for (var each : operations.entrySet()) {
            expectHidden(each.getKey(), each.getValue(), call(bob, each.getValue()));
            expectHidden(each.getKey(), each.getValue(), call(backend, each.getValue()));
            if (each.getValue().hidden() != Hidden.PUBLIC) {
                expectHidden(each.getKey(), each.getValue(),
                        call(backend, each.getValue(), "Confab-Owner", "carol"));
                expect(each.getKey(), call(bob, each.getValue(), "Confab-Owner", "ann"), 403, "insufficient-scope");
            }
        }
        for (String stream : new String[]{"conversationEvents", "turnEvents"}) {
            expect(stream, call(bob, operations.get(stream), "Last-Event-ID", "1"), 404,
                    stream.equals("turnEvents") ? "turn-not-found" : "conversation-not-found");
        }
        assertThat(call(ann, operations.get("exportConversation")).text()).isEqualTo(before);
    }

    private void expectHidden(String name, ApiOperation operation, Answer answer) {
        switch (operation.hidden()) {
            case NOT_FOUND -> {
                assertThat(answer.status()).as(name + " " + answer.text()).isEqualTo(404);
                assertThat(answer.code()).as(name).endsWith("-not-found");
            }
            case ABSENT, PUBLIC -> assertThat(answer.status()).as(name + " " + answer.text()).isEqualTo(200);
            case OWN -> assertThat(answer.status()).as(name + " " + answer.text()).isIn(201, 202);
            case TAKEN -> expect(name, answer, 409, "conversation-id-reused");
            case NAMED -> expect(name, answer, 400, "invalid-request");
            case ADMIN -> expect(name, answer, 403, "insufficient-scope");
        }
        assertThat(answer.text()).as(name).doesNotContain(WORD);
        if (operation.hidden() == Hidden.ABSENT || operation.hidden() == Hidden.OWN) {
            // A refusal may repeat the ids of its request.
            assertThat(answer.text()).as(name).doesNotContain(belongings.conversation(), belongings.message(),
                    belongings.session(), belongings.turn(), belongings.webhook(), belongings.importJob());
        }
    }

    @Test
    void another_owners_cursor_is_refused_and_their_changes_are_not_streamed() throws Exception {
        for (int i = 0; i < 2; i++) {
            json(call(ann, "POST", "/api/v1/conversations", "{\"title\":\"" + WORD + "\"}"));
        }
        for (String listing : new String[]{"/api/v1/conversations?limit=1", "/api/v1/search?limit=1&q=" + WORD}) {
            String cursor = json(call(ann, "GET", listing, "")).get("nextCursor").stringValue();
            expect(listing, call(bob, "GET", listing + "&cursor=" + cursor, ""), 400, "invalid-cursor");
        }

        var stream = confab.call("GET", "/api/v1/events", "", "Authorization", "Bearer " + bob);
        try (var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            json(call(ann, "POST", "/api/v1/conversations", "{}"));
            String own = json(call(bob, "POST", "/api/v1/conversations", "{}")).get("id").stringValue();
            String first = lines.readLine();
            while (!first.startsWith("data:")) {
                first = lines.readLine();
            }
            assertThat(first).contains(own);
        }
    }

    @Test
    void probes_need_no_key_and_show_no_details_which_are_for_administrators() throws Exception {
        for (String probe : new String[]{"/actuator/health/liveness", "/actuator/health/readiness"}) {
            assertThat(call("", "GET", probe, "")).extracting(Answer::status, Answer::text)
                    .containsExactly(200, "{\"status\":\"UP\"}");
            assertThat(call(ann, "GET", probe, "").text()).isEqualTo("{\"status\":\"UP\"}");
        }
        String admin = key("root", ADMIN);
        assertThat(call(admin, "GET", "/actuator/health", "").text()).contains("\"store\"", "details");
        assertThat(call(admin, "GET", "/actuator/prometheus", "").status()).isEqualTo(200);
        assertThat(call(admin, "GET", "/nothing", "").status()).isEqualTo(404);
    }
}
