package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessagesTest extends WebTest {

    @Test
    void a_message_is_appended_and_found_at_its_location() {
        String path = conversation("{}");

        Reply reply = post(path + "/messages", draft("hello")).expect(201);

        assertThat(reply.header("Location")).isEqualTo("/api/v1" + path + "/messages/" + reply.text("id"));
        assertThat(reply.header("ETag")).isEqualTo("\"2\"");
        assertThat(reply.header("Conversation-Version")).isEqualTo("2");
        assertThat(reply.json().propertyNames()).containsExactly("id", "position", "role", "author", "text", "data",
                "metadata", "createdAt", "editedAt", "removedAt", "incomplete", "version");
        assertThat(get(reply.header("Location")).expect(200).body()).isEqualTo(reply.body());
        get(reply.header("Location"), "If-None-Match", "\"2\"").expect(304);
    }

    @Test
    void appending_is_repeatable_by_id_and_by_key_before_the_precondition() {
        String path = conversation("{}");
        String withId = "{\"id\":\"" + UUID.randomUUID() + "\",\"role\":\"user\",\"text\":\"a\"}";

        Reply first = post(path + "/messages", withId, "If-Match", "\"1\"").expect(201);

        assertThat(post(path + "/messages", withId, "If-Match", "\"1\"").expect(200).body()).isEqualTo(first.body());
        post(path + "/messages", withId.replace("\"a\"", "\"b\"")).expectProblem(409, "message-id-reused");
        String keyed = post(path + "/messages", draft("k"), "Idempotency-Key", "key 1").expect(201).text("id");
        assertThat(post(path + "/messages", draft("k"), "Idempotency-Key", "\"key 1\"").expect(200).text("id"))
                .isEqualTo(keyed);
        post(path + "/messages", draft("l"), "Idempotency-Key", "key 1").expectProblem(409, "message-id-reused");
        for (String malformed : List.of("", "\"", "\"a", "x".repeat(256))) {
            post(path + "/messages", draft("m"), "Idempotency-Key", malformed).expectProblem(400, "invalid-request");
        }
        post(path + "/messages", draft("m"), "Idempotency-Key", "x".repeat(255)).expect(201);
        post(path + "/messages", withId, "Idempotency-Key", "\"").expect(200);
    }

    @Test
    void a_batch_is_all_or_nothing_and_repeatable() {
        String path = conversation("{}");
        String one = "{\"id\":\"" + UUID.randomUUID() + "\",\"role\":\"user\",\"text\":\"a\"}";
        String two = "{\"id\":\"" + UUID.randomUUID() + "\",\"role\":\"assistant\",\"text\":\"b\"}";
        String batch = "{\"messages\":[" + one + "," + two + "]}";

        Reply made = post(path + "/messages/batch", batch, "If-Match", "\"1\"").expect(201);

        assertThat(made.text("version")).isEqualTo("3");
        assertThat(made.header("Conversation-Version")).isEqualTo("3");
        assertThat(made.header("ETag")).isEqualTo("\"3\"");
        assertThat(post(path + "/messages/batch", batch).expect(200).body()).isEqualTo(made.body());
        post(path + "/messages/batch", "{\"messages\":[" + one + "," + draft("new") + "]}").expectProblem(409,
                "message-id-reused");
        post(path + "/messages/batch", "{\"messages\":[" + one + "," + one + "]}").expectInvalidAt("#/messages/1/id");
        post(path + "/messages/batch", "{\"messages\":[]}").expectInvalidAt("#/messages");
        post(path + "/messages/batch", "{}").expectInvalidAt("#/messages");
        post(path + "/messages/batch", batch, "Idempotency-Key", "k").expectProblem(400, "invalid-request");
        assertThat(get(path).text("messageCount")).isEqualTo("2");
    }

    @Test
    void messages_are_paged_in_both_directions_and_within_bounds() {
        String path = conversation(7) + "/messages";

        assertThat(positions(path + "?limit=3")).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(positions(path + "?limit=3&order=desc")).containsExactly(7, 6, 5, 4, 3, 2, 1);
        assertThat(positions(path + "?limit=2&after=2&before=7")).containsExactly(3, 4, 5, 6);
        assertThat(positions(path + "?limit=2&after=2&before=7&order=desc")).containsExactly(6, 5, 4, 3);
        Reply page = get(path + "?after=1&limit=2").expect(200);
        assertThat(page.text("version")).isEqualTo("8");
        assertThat(page.header("ETag")).isEqualTo("\"8\"");
        assertThat(get(path + "?limit=9&cursor=" + page.text("nextCursor")).json().at("/items/0/position").intValue())
                .isEqualTo(4);
        get(path + "?after=3&cursor=" + page.text("nextCursor")).expectProblem(400, "invalid-cursor");
        get(path + "?order=desc&cursor=" + page.text("nextCursor")).expectProblem(400, "invalid-cursor");
        for (String query : List.of("limit=0", "limit=1001", "after=-1", "before=0", "order=up", "since=1")) {
            get(path + "?" + query).expectProblem(400, "invalid-request");
        }
    }

    @Test
    void an_edit_is_bound_to_the_messages_own_version() {
        String path = conversation(2);
        String message = path + "/messages/" + get(path + "/messages").json().at("/items/0/id").stringValue();
        assertThat(get(message).header("ETag")).isEqualTo("\"2\"");

        Reply edited = patch(message, "{\"text\":\"new\",\"data\":{\"a\":{\"b\":1}}}", "If-Match", "\"2\"").expect(200);

        assertThat(edited.text("text")).isEqualTo("new");
        assertThat(edited.header("ETag")).isEqualTo("\"4\"");
        assertThat(edited.header("Conversation-Version")).isEqualTo("4");
        assertThat(patch(message, "{\"data\":{\"a\":{\"c\":[2.50]}}}").expect(200).body())
                .contains("\"data\":{\"a\":{\"b\":1,\"c\":[2.50]}}");
        patch(message, "{\"text\":\"x\"}", "If-Match", "\"2\"").expectProblem(412, "version-conflict");
        assertThat(patch(message, "{\"data\":null}").expect(200).text("data")).isEqualTo("null");
        assertThat(patch(message, "{}").expect(200).header("Conversation-Version")).isEqualTo("6");
        patch(message, "{\"text\":null}").expectInvalidAt("#/text");
        patch(message, "{\"role\":\"user\"}").expectInvalidAt("#/role");
        patch(path + "/messages/" + UUID.randomUUID(), "{}").expectProblem(404, "message-not-found");
        patch(path + "/messages/1", "{}").expectProblem(400, "invalid-request");
    }

    @Test
    void a_message_has_an_author_and_may_be_of_the_past() {
        String path = conversation("{}") + "/messages";
        String past = "{\"role\":\"user\",\"author\":\"Zoë\",\"text\":\"a\",\"createdAt\":\"1999-12-31T23:59:59.999Z\"}";

        Reply made = post(path, past, "Idempotency-Key", "past").expect(201);

        assertThat(made.text("author")).isEqualTo("Zoë");
        assertThat(made.text("createdAt")).isEqualTo("1999-12-31T23:59:59.999Z");
        assertThat(post(path, past, "Idempotency-Key", "past").expect(200).body()).isEqualTo(made.body());
        post(path, past.replace("Zoë", "Ann"), "Idempotency-Key", "past").expectProblem(409, "message-id-reused");
        post(path, past.replace("1999", "2000"), "Idempotency-Key", "past").expectProblem(409, "message-id-reused");
        post(path, draft("a").replace("{", "{\"author\":\"" + "🚀".repeat(100) + "\",")).expect(201);
        for (String author : List.of("", "🚀".repeat(101), "\\u0000")) {
            post(path, past.replace("Zoë", author)).expectInvalidAt("#/author");
        }
        post(path, past.replace("\"Zoë\"", "7")).expectInvalidAt("#/author");
        post(path, past.replace("1999", "9999")).expectInvalidAt("#/createdAt");
        post(path, past.replace("1999-12-31T", "")).expectInvalidAt("#/createdAt");
        post(path + "/batch", "{\"messages\":[" + draft("x") + "," + past.replace("1999", "9999") + "]}")
                .expectInvalidAt("#/messages/1/createdAt");
        post("/conversations", "{\"messages\":[" + past.replace("1999", "9999") + "]}")
                .expectInvalidAt("#/messages/0/createdAt");
        assertThat(get(path).json().get("items")).hasSize(2);
    }

    @Test
    void a_removed_message_has_no_content_and_keeps_its_place() {
        String path = conversation(1);
        String id = UUID.randomUUID().toString();
        String secret = "{\"id\":\"" + id
                + "\",\"role\":\"user\",\"author\":\"Ann\",\"text\":\"secret\",\"data\":{\"a\":1},"
                + "\"metadata\":{\"k\":\"v\"}}";
        post(path + "/messages", secret).expect(201);
        post(path + "/messages", draft("last")).expect(201);
        String message = path + "/messages/" + id;
        delete(message, "If-Match", "\"2\"").expectProblem(412, "version-conflict");

        Reply removed = delete(message, "If-Match", "\"3\"").expect(204);

        assertThat(removed.header("Conversation-Version")).isEqualTo("5");
        assertThat(removed.header("ETag")).isEqualTo("\"5\"");
        Reply found = get(message).expect(200);
        assertThat(found.text("text")).isEmpty();
        assertThat(found.json().get("author").isNull() && found.json().get("data").isNull()).isTrue();
        assertThat(found.json().get("metadata")).isEmpty();
        assertThat(found.json().get("removedAt").isString()).isTrue();
        assertThat(positions(path + "/messages?limit=9")).containsExactly(1, 2, 3);
        assertThat(get(path + "/changes?since=4").json().at("/messages/0/id").stringValue()).isEqualTo(id);
        assertThat(get("/search?q=secret").json().get("items")).isEmpty();
        assertThat(get(path + "/export").body()).doesNotContain("secret");

        assertThat(delete(message, "If-Match", "\"3\"").expect(204).header("Conversation-Version")).isEqualTo("5");
        patch(message, "{\"text\":\"x\"}").expectProblem(409, "message-removed");
        assertThat(post(path + "/messages", secret).expect(200).body()).isEqualTo(found.body());
        delete(path + "/messages/" + UUID.randomUUID()).expectProblem(404, "message-not-found");
    }

    @Test
    void removed_messages_authors_and_the_filing_survive_an_export_and_an_import() {
        String path = conversation(
                "{\"messages\":[{\"role\":\"user\",\"author\":\"Ann\",\"text\":\"a\"}," + draft("b") + "]}");
        delete(path + "/messages/" + get(path + "/messages").json().at("/items/1/id").stringValue()).expect(204);
        patch(path, "{\"archived\":true,\"labels\":[\"a\"]}").expect(200);
        String export = get(path + "/export").body();

        post("/conversations/import", export).expect(200);
        delete(path).expect(204);
        delete(path + "?purge=true").expect(204);
        post("/conversations/import", export).expect(201);

        assertThat(get(path + "/export").body()).isEqualTo(export);
        post("/conversations/import", export.replace("\"text\":\"\"", "\"text\":\"c\""))
                .expectInvalidAt("#/messages/1/removedAt");
        post("/conversations/import", export.replace("[\"a\"]", "[\"\"]")).expectInvalidAt("#/conversation/labels");
        post("/conversations/import", export.replace("[\"a\"]", "[null]")).expectProblem(400, "invalid-request");
    }

    @Test
    void truncate_and_clear_remove_the_messages_that_follow() {
        String path = conversation(3);
        String first = get(path + "/messages").json().at("/items/0/id").stringValue();

        Reply truncated = post(path + "/truncate", "{\"afterMessageId\":\"" + first + "\"}", "If-Match", "\"4\"")
                .expect(200);

        assertThat(truncated.text("messageCount")).isEqualTo("1");
        assertThat(truncated.header("Conversation-Version")).isEqualTo("5");
        post(path + "/truncate", "{\"afterMessageId\":\"" + UUID.randomUUID() + "\"}").expectProblem(404,
                "message-not-found");
        post(path + "/clear", "", "If-Match", "\"4\"").expectProblem(412, "version-conflict");
        assertThat(post(path + "/clear", "").expect(200).text("messageCount")).isEqualTo("0");
        assertThat(post(path + "/clear", "{}").expect(200).text("version")).isEqualTo("6");
        post(path + "/clear", "{\"all\":true}").expectInvalidAt("#/all");
    }

    @Test
    void changes_bring_a_copy_up_to_date() {
        String path = conversation(3);

        Reply changes = get(path + "/changes?since=3").expect(200);

        assertThat(changes.json().propertyNames()).containsExactly("conversation", "messages", "reset");
        assertThat(changes.json().get("messages")).hasSize(1);
        assertThat(changes.text("reset")).isEqualTo("false");
        assertThat(get(path + "/changes?since=99").text("reset")).isEqualTo("true");
        get(path + "/changes").expectProblem(400, "invalid-request");
    }

    @Test
    void search_finds_messages_and_titles() {
        String word = "w" + UUID.randomUUID().toString().replace("-", "");
        String path = conversation("{\"title\":\"about " + word + "\"}");
        post(path + "/messages", draft("Say " + word.toUpperCase(java.util.Locale.ROOT) + " twice")).expect(201);
        post(path + "/messages", draft(word + " again")).expect(201);

        Reply page = get("/search?limit=2&q=" + word).expect(200);
        Reply rest = get("/search?limit=2&q=" + word + "&cursor=" + page.text("nextCursor")).expect(200);

        assertThat(page.json().get("items")).hasSize(2);
        assertThat(rest.json().get("items")).hasSize(1);
        assertThat(rest.text("nextCursor")).isEqualTo("null");
        assertThat(page.json().at("/items/0").propertyNames()).containsExactly("conversationId", "title", "messageId",
                "position", "role", "createdAt", "snippet", "matches", "otherConversations");
        assertThat(get("/search?prefix=true&q=" + word.substring(0, 20)).json().get("items")).hasSize(3);
        assertThat(get("/search?q=" + word.substring(0, 20)).json().get("items")).isEmpty();
        get("/search?q=other&cursor=" + page.text("nextCursor")).expectProblem(400, "invalid-cursor");
        get("/search").expectProblem(400, "invalid-request");
        get("/search?q=,").expectProblem(400, "invalid-request");
        get("/search?q=a&conversationId=1").expectProblem(400, "invalid-request");
    }

    private List<Integer> positions(String path) {
        var positions = new ArrayList<Integer>();
        String cursor = "";
        do {
            Reply page = get(path + cursor).expect(200);
            page.json().get("items").forEach(item -> positions.add(item.get("position").intValue()));
            cursor = page.json().get("nextCursor").isNull() ? "" : "&cursor=" + page.text("nextCursor");
        } while (!cursor.isEmpty());
        return positions;
    }
}
