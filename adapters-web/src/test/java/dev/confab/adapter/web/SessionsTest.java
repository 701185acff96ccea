package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.port.StorageUnavailable;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The life of sessions, and which one is current. */
class SessionsTest extends WebTest {
    /** Of sessions activated in the same millisecond the ids decide which is current. */
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    @Autowired
    TestClock clock;

    @Test
    void a_session_begins_without_a_body_and_is_the_current_one() {
        Reply reply = call("POST", "/sessions", BodyPublishers.noBody()).expect(201);

        assertThat(reply.header("Location")).isEqualTo("/api/v1/sessions/" + reply.text("id"));
        assertThat(reply.header("ETag")).isEqualTo("\"1\"");
        assertThat(reply.json().propertyNames()).containsExactly("id", "name", "conversationId", "temporary",
                "expiresAt", "instructions", "model", "contextTokens", "context", "version", "turn", "createdAt",
                "updatedAt");
        for (String absent : List.of("name", "expiresAt", "instructions", "model", "contextTokens", "turn")) {
            assertThat(reply.text(absent)).as(absent).isEqualTo("null");
        }
        assertThat(reply.text("temporary")).isEqualTo("false");
        assertThat(reply.text("context")).isEqualTo("{}");
        assertThat(reply.text("createdAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(get("/sessions/current").expect(200).text("id")).isEqualTo(reply.text("id"));
        get("/conversations/" + reply.text("conversationId")).expect(200);
    }

    @Test
    void a_temporary_session_has_an_end_from_which_on_it_is_gone_with_its_conversation() {
        Reply reply = post("/sessions", """
                {"name":"Trip","temporary":true,"ttlSeconds":60,"instructions":"Be brief.","model":"m-1",
                "context":{"city":"Paris","n":1.10}}""").expect(201);

        assertThat(reply.text("name")).isEqualTo("Trip");
        assertThat(reply.text("instructions")).isEqualTo("Be brief.");
        assertThat(reply.text("model")).isEqualTo("m-1");
        assertThat(reply.body()).contains("\"context\":{\"city\":\"Paris\",\"n\":1.10}");
        assertThat(Duration.between(Instant.parse(reply.text("createdAt")), Instant.parse(reply.text("expiresAt"))))
                .isEqualTo(Duration.ofSeconds(60));
        Reply conversation = get("/conversations/" + reply.text("conversationId")).expect(200);
        assertThat(conversation.json().propertyNames()).containsExactly("id", "title", "version", "messageCount",
                "metadata", "pinned", "archived", "labels", "createdAt", "updatedAt", "deletedAt", "forkedFrom");

        clock.putForward(Duration.ofSeconds(61));

        String path = "/sessions/" + reply.text("id");
        get(path).expectProblem(404, "session-not-found");
        patch(path, "{}").expectProblem(404, "session-not-found");
        post(path + "/turns", "{\"text\":\"a\"}").expectProblem(404, "session-not-found");
        get("/conversations/" + reply.text("conversationId")).expectProblem(404, "conversation-not-found");
    }

    @Test
    void a_temporary_session_lives_for_a_day_by_default() {
        Reply reply = post("/sessions", "{\"temporary\":true}").expect(201);

        assertThat(Duration.between(Instant.parse(reply.text("createdAt")), Instant.parse(reply.text("expiresAt"))))
                .isEqualTo(Duration.ofHours(24));
    }

    @Test
    void beginning_is_repeatable_by_id_and_by_key() {
        String body = "{\"id\":\"" + UUID.randomUUID() + "\",\"name\":\"a\",\"context\":{\"x\": 1}}";

        Reply first = post("/sessions", body).expect(201);
        patch("/sessions/" + first.text("id"), "{\"name\":\"b\"}").expect(200);
        Reply again = post("/sessions", body).expect(200);

        assertThat(again.text("id")).isEqualTo(first.text("id"));
        assertThat(again.text("conversationId")).isEqualTo(first.text("conversationId"));
        assertThat(again.text("name")).isEqualTo("b");
        assertThat(again.header("ETag")).isEqualTo("\"2\"");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        post("/sessions", body.replace("\"a\"", "\"b\"")).expectProblem(409, "session-id-reused");
        String key = UUID.randomUUID().toString();
        String id = post("/sessions", "{}", "Idempotency-Key", key).expect(201).text("id");
        assertThat(post("/sessions", "{}", "Idempotency-Key", "\"" + key + "\"").expect(200).text("id")).isEqualTo(id);
        post("/sessions", "{\"name\":\"other\"}", "Idempotency-Key", key).expectProblem(409, "session-id-reused");
    }

    @Test
    void an_error_in_a_new_session_is_named_by_its_place() {
        post("/sessions", "{\"ttlSeconds\":60}").expectInvalidAt("#/ttlSeconds");
        post("/sessions", "{\"temporary\":false,\"ttlSeconds\":60}").expectInvalidAt("#/ttlSeconds");
        for (String ttl : List.of("59", "604801", "\"60\"", "60.0", "true", "1e2")) {
            post("/sessions", "{\"temporary\":true,\"ttlSeconds\":" + ttl + "}").expectInvalidAt("#/ttlSeconds");
        }
        post("/sessions", "{\"temporary\":true,\"ttlSeconds\":604800}").expect(201);
        post("/sessions", "{\"temporary\":\"true\"}").expectInvalidAt("#/temporary");
        post("/sessions", "{\"id\":\"1\"}").expectInvalidAt("#/id");
        post("/sessions", "{\"conversationId\":\"1\"}").expectInvalidAt("#/conversationId");
        post("/sessions", "{\"name\":\"\"}").expectInvalidAt("#/name");
        post("/sessions", "{\"name\":7}").expectInvalidAt("#/name");
        post("/sessions", "{\"instructions\":\"" + "x".repeat(65_537) + "\"}").expectInvalidAt("#/instructions");
        post("/sessions", "{\"model\":\"\"}").expectInvalidAt("#/model");
        post("/sessions", "{\"model\":\"" + "x".repeat(201) + "\"}").expectInvalidAt("#/model");
        post("/sessions", "{\"context\":[]}").expectInvalidAt("#/context");
        post("/sessions", "{\"context\":{\"x\":\"" + "x".repeat(65_536) + "\"}}").expectInvalidAt("#/context");
        post("/sessions", "{\"colour\":1}").expectInvalidAt("#/colour");
        post("/sessions", "{\"context\":{\"a\":1,\"a\":2}}").expectInvalidAt("#/context/a");
        post("/sessions?x=1", "{}").expectProblem(400, "invalid-request");
        post("/sessions", "{}", "If-Match", "\"1\"").expectProblem(400, "invalid-request");
        post("/sessions", "{}", "Content-Type", "text/plain").expectProblem(415, "unsupported-media-type");
        post("/sessions", "{\"conversationId\":\"" + UUID.randomUUID() + "\"}").expectProblem(404,
                "conversation-not-found");
        get("/sessions", "Accept", "text/html").expectProblem(406, "not-acceptable");
        call("PUT", "/sessions", BodyPublishers.noBody()).expectProblem(405, "method-not-allowed");
    }
    @Test
    void one_session_is_current_until_another_one_is() {
        everySession().forEach(path -> delete(path).expect(204));
        get("/sessions/current").expectProblem(404, "session-not-found");
        String first = session("{}");
        clock.putForward(A_MOMENT);
        String second = session("{}");
        assertThat(get("/sessions/current").text("id")).isEqualTo(second.substring(10));

        clock.putForward(A_MOMENT);
        Reply put = put("{\"sessionId\":\"" + first.substring(10) + "\"}").expect(200);

        assertThat(put.text("id")).isEqualTo(first.substring(10));
        assertThat(put.header("ETag")).isEqualTo("\"1\"");
        assertThat(get("/sessions/current").expect(200).text("id")).isEqualTo(first.substring(10));
        assertThat(get("/sessions/current", "If-None-Match", "\"1\"").expect(200).header("ETag")).isEqualTo("\"1\"");
        put("{\"sessionId\":\"" + UUID.randomUUID() + "\"}").expectProblem(404, "session-not-found");
        put("{\"sessionId\":\"current\"}").expectInvalidAt("#/sessionId");
        put("{}").expectInvalidAt("#/sessionId");
        put("").expectProblem(400, "invalid-request");
        delete("/sessions/current").expectProblem(400, "invalid-request");
    }

    @Test
    void a_listing_gives_every_session_once_the_last_begun_first() {
        var made = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            made.add(session("{}"));
        }

        List<String> listed = everySession();

        assertThat(listed).doesNotHaveDuplicates().containsAll(made);
        String cursor = get("/sessions?limit=1").expect(200).text("nextCursor");
        get("/sessions?limit=2&cursor=" + cursor).expect(200);
        get("/conversations?cursor=" + cursor).expectProblem(400, "invalid-cursor");
        get("/sessions?cursor=x").expectProblem(400, "invalid-cursor");
        for (String query : List.of("limit=0", "limit=101", "limit=x", "sort=created")) {
            get("/sessions?" + query).expectProblem(400, "invalid-request");
        }
    }

    @Test
    void a_temporary_session_can_be_kept() {
        String path = session("{\"temporary\":true}");
        String other = session("{\"temporary\":true,\"name\":\"old\"}");

        Reply kept = post(path + "/keep", "").expect(200);

        assertThat(kept.text("temporary")).isEqualTo("false");
        assertThat(kept.text("expiresAt")).isEqualTo("null");
        assertThat(kept.header("ETag")).isEqualTo("\"2\"");
        assertThat(post(path + "/keep", "{}").expect(200).text("version")).isEqualTo("2");
        assertThat(post(other + "/keep", "{\"name\":\"new\"}").expect(200).text("name")).isEqualTo("new");
        post(path + "/keep", "{\"name\":\"\"}").expectInvalidAt("#/name");
        post(path + "/keep", "{\"title\":\"a\"}").expectInvalidAt("#/title");
        post("/sessions/" + UUID.randomUUID() + "/keep", "").expectProblem(404, "session-not-found");
    }

    @Test
    void clearing_takes_the_messages_and_leaves_the_session() {
        String conversation = conversation(3);
        String path = session("{\"conversationId\":\"" + conversation.substring(15) + "\"}");

        Reply cleared = post(path + "/clear", "").expect(200);

        assertThat(cleared.text("id")).isEqualTo(path.substring(10));
        assertThat(get(conversation).text("messageCount")).isEqualTo("0");
        post(path + "/clear", "{}").expect(200);
        post(path + "/clear", "{\"a\":1}").expectInvalidAt("#/a");
        post("/sessions/" + UUID.randomUUID() + "/clear", "").expectProblem(404, "session-not-found");
    }

    @Test
    void a_deleted_session_is_gone_and_a_permanent_ones_conversation_stays() {
        String path = session("{}");
        String conversation = "/conversations/" + get(path).text("conversationId");
        String temporary = session("{\"temporary\":true}");
        String goesWithIt = "/conversations/" + get(temporary).text("conversationId");

        assertThat(delete(path).expect(204).body()).isEmpty();
        delete(temporary).expect(204);

        get(path).expectProblem(404, "session-not-found");
        delete(path).expectProblem(404, "session-not-found");
        get(conversation).expect(200);
        get(goesWithIt).expectProblem(404, "conversation-not-found");
    }

    @Test
    void a_conversation_has_room_for_so_many_sessions() {
        String body = "{\"conversationId\":\"" + conversation("{}").substring(15) + "\"}";
        for (int i = 0; i < 20; i++) {
            post("/sessions", body).expect(201);
        }

        post("/sessions", body).expectProblem(409, "too-many-sessions");
    }

    @Test
    void a_store_that_refuses_leaves_nothing_begun() {
        String body = "{\"id\":\"" + UUID.randomUUID() + "\"}";
        String path = session("{}");
        store.failWrites(() -> new StorageUnavailable("full"));

        Reply refused = post("/sessions", body).expectProblem(503, "storage-unavailable");

        assertThat(refused.header("Retry-After")).isEqualTo("2");
        assertThat(refused.text("repeatable")).isEqualTo("true");
        patch(path, "{\"name\":\"a\"}").expectProblem(503, "storage-unavailable");
        delete(path).expectProblem(503, "storage-unavailable");
        post(path + "/turns", "{\"text\":\"a\"}").expectProblem(503, "storage-unavailable");
        get(path).expect(200);
        store.heal();
        post("/sessions", body).expect(201);
    }

    private Reply put(String json) {
        return call("PUT", "/sessions/current", BodyPublishers.ofString(json), "Content-Type", JSON);
    }

    private List<String> everySession() {
        var listed = new ArrayList<String>();
        String cursor = "";
        do {
            Reply page = get("/sessions?limit=2" + cursor).expect(200);
            page.json().get("items").forEach(item -> listed.add("/sessions/" + item.get("id").stringValue()));
            cursor = page.json().get("nextCursor").isNull() ? "" : "&cursor=" + page.text("nextCursor");
        } while (!cursor.isEmpty());
        return listed;
    }
}
