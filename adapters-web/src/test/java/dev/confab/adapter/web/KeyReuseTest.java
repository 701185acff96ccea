package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A client never sees the id that is derived from its Idempotency-Key, so a conflict is reported in terms of the key. */
class KeyReuseTest extends TurnTest {
    private static final Pattern UUID_TEXT = Pattern
            .compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final String key = "key " + UUID.randomUUID().toString().replace("-", "");

    @Test
    void appending() {
        String messages = conversation("{}") + "/messages";
        post(messages, draft("a"), "Idempotency-Key", key).expect(201);

        expectReused(post(messages, draft("b"), "Idempotency-Key", key), "message-id-reused");
    }

    @Test
    void creating() {
        post("/conversations", "{}", "Idempotency-Key", key).expect(201);

        expectReused(post("/conversations", "{\"title\":\"b\"}", "Idempotency-Key", key), "conversation-id-reused");
    }

    @Test
    void forking() {
        String path = conversation(2);
        var items = get(path + "/messages").json().get("items");
        String first = "{\"messageId\":\"" + items.get(0).get("id").stringValue() + "\"}";
        String second = "{\"messageId\":\"" + items.get(1).get("id").stringValue() + "\"}";
        post(path + "/fork", first, "Idempotency-Key", key).expect(201);

        expectReused(post(path + "/fork", second, "Idempotency-Key", "\"" + key + "\""), "conversation-id-reused");
    }

    @Test
    void beginning_a_session() {
        post("/sessions", "{}", "Idempotency-Key", key).expect(201);

        expectReused(post("/sessions", "{\"name\":\"b\"}", "Idempotency-Key", key), "session-id-reused");
    }

    @Test
    void starting_a_turn() throws Exception {
        String turns = session("{}") + "/turns";
        Reply first = post(turns, "{\"text\":\"a\"}", "Idempotency-Key", key).expect(202);
        awaitState(turn(first), "completed");

        expectReused(post(turns, "{\"text\":\"b\"}", "Idempotency-Key", key), "turn-id-reused");
    }

    @Test
    void a_conflict_over_the_clients_own_id_names_that_id() throws Exception {
        String turns = session("{}") + "/turns";
        String message = UUID.randomUUID().toString();
        Reply first = post(turns, "{\"text\":\"a\",\"messageId\":\"" + message + "\"}").expect(202);
        awaitState(turn(first), "completed");

        Reply refused = post(turns, "{\"text\":\"b\",\"messageId\":\"" + message + "\"}", "Idempotency-Key", key)
                .expectProblem(409, "message-id-reused");

        assertThat(refused.text("detail")).contains(message).doesNotContain(key);
        String body = "{\"id\":\"" + message + "\",\"title\":\"a\"}";
        post("/conversations", body, "Idempotency-Key", key).expect(201);
        assertThat(post("/conversations", body.replace("\"a\"", "\"b\""), "Idempotency-Key", key)
                .expectProblem(409, "conversation-id-reused").text("detail")).contains(message).doesNotContain(key);
    }

    private void expectReused(Reply reply, String code) {
        assertThat(reply.expectProblem(409, code).text("detail")).contains("Idempotency-Key \"" + key + "\"")
                .doesNotContainPattern(UUID_TEXT);
    }
}
