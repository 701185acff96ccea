package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConversationsTest extends WebTest {

    @Test
    void a_conversation_is_created_without_a_body() {
        Reply reply = call("POST", "/conversations", BodyPublishers.noBody()).expect(201);

        assertThat(reply.header("Content-Type")).isEqualTo(JSON);
        assertThat(reply.header("Location")).isEqualTo("/api/v1/conversations/" + reply.text("id"));
        assertThat(reply.header("ETag")).isEqualTo("\"1\"");
        assertThat(reply.header("Conversation-Version")).isEqualTo("1");
        assertThat(reply.json().propertyNames()).containsExactly("id", "title", "version", "messageCount", "metadata",
                "createdAt", "updatedAt", "deletedAt", "forkedFrom");
        assertThat(reply.text("title")).isEqualTo("null");
        assertThat(reply.text("createdAt")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    @Test
    void a_conversation_is_created_with_messages_in_one_commit() {
        Reply reply = post("/conversations", """
                {"title":"Trip","metadata":{"k":"v"},"messages":[{"role":"system","text":"be kind"},
                {"role":"user","text":"Où? 🚀","data":{"b":1.10,"a":[1e3,-0]},"metadata":{"m":"1"}}]}""").expect(201);

        assertThat(reply.text("title")).isEqualTo("Trip");
        assertThat(reply.text("messageCount")).isEqualTo("2");
        Reply messages = get("/conversations/" + reply.text("id") + "/messages").expect(200);
        assertThat(messages.body()).contains("\"data\":{\"b\":1.10,\"a\":[1e3,-0]}");
        assertThat(messages.json().at("/items/1/text").stringValue()).isEqualTo("Où? 🚀");
    }

    @Test
    void creating_is_repeatable_by_id_and_by_key() {
        String body = "{\"id\":\"" + UUID.randomUUID() + "\",\"title\":\"a\"}";

        assertThat(post("/conversations", body).expect(201).text("id"))
                .isEqualTo(post("/conversations", body).expect(200).text("id"));
        post("/conversations", body.replace("\"a\"", "\"b\"")).expectProblem(409, "conversation-id-reused");
        String key = UUID.randomUUID().toString();
        String id = post("/conversations", "{}", "Idempotency-Key", key).expect(201).text("id");
        assertThat(post("/conversations", "{}", "Idempotency-Key", "\"" + key + "\"").expect(200).text("id"))
                .isEqualTo(id);
    }

    @Test
    void a_conversation_is_tagged_with_its_version() {
        String path = conversation(2);

        assertThat(get(path).expect(200).header("ETag")).isEqualTo("\"3\"");
        assertThat(get(path, "If-None-Match", "\"3\"").expect(304).body()).isEmpty();
        get(path, "If-None-Match", "\"1\", \"3\"").expect(304);
        get(path, "If-None-Match", "*").expect(304);
        get(path, "If-None-Match", "\"2\"").expect(200);
        get(path, "If-None-Match", "3").expectProblem(400, "invalid-request");
    }

    @Test
    void a_patch_renames_and_merges_metadata() {
        String path = conversation("{\"title\":\"a\",\"metadata\":{\"k\":\"1\",\"l\":\"2\"}}");

        Reply reply = patch(path, "{\"title\":\"b\",\"metadata\":{\"k\":null,\"m\":\"3\"}}", "Content-Type",
                "application/merge-patch+json").expect(200);

        assertThat(reply.text("title")).isEqualTo("b");
        assertThat(reply.text("metadata")).isEqualTo("{\"l\":\"2\",\"m\":\"3\"}");
        assertThat(reply.header("Conversation-Version")).isEqualTo(reply.text("version"));
        assertThat(reply.header("ETag")).isEqualTo("\"" + reply.text("version") + "\"");
        assertThat(patch(path, "{}").expect(200).text("version")).isEqualTo(reply.text("version"));
        assertThat(patch(path, "{\"title\":null}").expect(200).text("title")).isEqualTo("null");
    }

    @Test
    void preconditions_are_strong_and_come_after_404() {
        String path = conversation("{}");

        patch(path, "{\"title\":\"a\"}", "If-Match", "\"1\"").expect(200);
        Reply conflict = patch(path, "{\"title\":\"b\"}", "If-Match", "\"1\"").expectProblem(412, "version-conflict");
        assertThat(conflict.text("currentVersion")).isEqualTo("2");
        patch(path, "{\"title\":\"b\"}", "If-Match", "W/\"2\"").expectProblem(412, "version-conflict");
        patch(path, "{\"title\":\"b\"}", "If-Match", "\"x\"").expectProblem(412, "version-conflict");
        patch(path, "{\"title\":\"b\"}", "If-Match", "\"9\" , \"2\"").expect(200);
        patch(path, "{\"title\":\"c\"}", "If-Match", "*").expect(200);
        for (String malformed : List.of("4", "\"4", "W/4", "", "\"4\",", "*, \"4\"")) {
            patch(path, "{\"title\":\"d\"}", "If-Match", malformed).expectProblem(400, "invalid-request");
        }
        patch("/conversations/" + UUID.randomUUID(), "{}", "If-Match", "\"1\"").expectProblem(404,
                "conversation-not-found");
    }

    /** A version has at most 18 digits: what is longer than 19 would not fit into a number of 64 bits. */
    @Test
    void a_tag_of_more_digits_than_a_version_has_matches_nothing() {
        String path = conversation("{}");

        for (String digits : List.of("9".repeat(18), "1".repeat(19), "9".repeat(19), "9".repeat(20), "9".repeat(200),
                "0", "01", "-1")) {
            patch(path, "{\"title\":\"a\"}", "If-Match", "\"" + digits + "\"").expectProblem(412, "version-conflict");
            get(path, "If-None-Match", "\"" + digits + "\"").expect(200);
        }
    }

    @Test
    void deleting_restoring_and_purging_go_through_the_bin() {
        String path = conversation("{}");
        delete(path + "?purge=true").expectProblem(409, "conversation-live");
        delete(path, "If-Match", "\"7\"").expectProblem(412, "version-conflict");

        Reply deleted = delete(path).expect(204);

        assertThat(deleted.header("Conversation-Version")).isEqualTo("2");
        assertThat(delete(path).expect(204).header("Conversation-Version")).isEqualTo("2");
        get(path).expectProblem(404, "conversation-not-found");
        assertThat(get("/conversations?deleted=true").text("items")).contains(path.substring(15));
        assertThat(post(path + "/restore", "").expect(200).text("version")).isEqualTo("3");
        assertThat(post(path + "/restore", "{}").expect(200).text("version")).isEqualTo("3");
        delete(path).expect(204);
        delete(path + "?purge=true").expect(204);
        delete(path + "?purge=true").expectProblem(404, "conversation-not-found");
        post(path + "/restore", "").expectProblem(404, "conversation-not-found");
    }

    @Test
    void a_fork_copies_up_to_a_message() {
        String path = conversation(3);
        String second = get(path + "/messages").json().at("/items/1/id").stringValue();

        Reply fork = post(path + "/fork", "{\"messageId\":\"" + second + "\",\"title\":\"other\"}").expect(201);

        assertThat(fork.text("forkedFrom.messageId")).isEqualTo(second);
        assertThat(fork.text("messageCount")).isEqualTo("2");
        assertThat(fork.header("Location")).endsWith(fork.text("id"));
        post(path + "/fork", "{\"messageId\":\"" + UUID.randomUUID() + "\"}").expectProblem(404, "message-not-found");
        post(path + "/fork", "{}").expectInvalidAt("#/messageId");
    }

    @Test
    void a_listing_gives_every_conversation_once() {
        var made = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            made.add(conversation("{}").substring(15));
        }

        var listed = new ArrayList<String>();
        String cursor = "";
        do {
            Reply page = get("/conversations?limit=2&sort=created" + cursor).expect(200);
            page.json().get("items").forEach(item -> listed.add(item.get("id").stringValue()));
            cursor = page.json().get("nextCursor").isNull() ? "" : "&cursor=" + page.text("nextCursor");
        } while (!cursor.isEmpty());

        assertThat(listed).doesNotHaveDuplicates().containsAll(made);
    }

    @Test
    void a_cursor_is_bound_to_its_query_and_cannot_be_made_up() {
        conversation("{}");
        conversation("{}");
        String cursor = get("/conversations?limit=1").text("nextCursor");
        char last = cursor.charAt(cursor.length() - 1);

        get("/conversations?limit=2&cursor=" + cursor).expect(200);
        get("/conversations?sort=created&cursor=" + cursor).expectProblem(400, "invalid-cursor");
        get("/conversations?deleted=true&cursor=" + cursor).expectProblem(400, "invalid-cursor");
        get("/conversations?cursor=" + cursor.substring(0, cursor.length() - 1) + (char) (last == 'z' ? 'y' : last + 1))
                .expectProblem(400, "invalid-cursor");
        for (String madeUp : List.of("", "x", "made-up", "A".repeat(40), "%F0%9F%9A%80")) {
            get("/conversations?cursor=" + madeUp).expectProblem(400, "invalid-cursor");
        }
    }

    @Test
    void limits_and_queries_are_checked() {
        for (String query : List.of("limit=0", "limit=101", "limit=x", "limit=-1", "limit=1.0", "limit=",
                "limit=1&limit=1",
                "sort=title", "deleted=yes", "colour=red", "sort=%00")) {
            get("/conversations?" + query).expectProblem(400, "invalid-request");
        }
    }
}
