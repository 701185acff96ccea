package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
                "pinned", "archived", "labels", "createdAt", "updatedAt", "deletedAt", "forkedFrom");
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
    void a_conversation_is_pinned_archived_and_labelled_by_a_patch() {
        String path = conversation("{}");

        Reply filed = patch(path, "{\"pinned\":true,\"archived\":true,\"labels\":[\"sea\",\"é 🚀\"]}", "If-Match",
                "\"1\"")
                .expect(200);

        assertThat(filed.header("Conversation-Version")).isEqualTo("2");
        assertThat(filed.body()).contains("\"pinned\":true,\"archived\":true,\"labels\":[\"sea\",\"é 🚀\"]");
        assertThat(get(path).body()).isEqualTo(filed.body());
        assertThat(patch(path, "{\"labels\":[\"é 🚀\",\"sea\"],\"pinned\":true}").expect(200).body())
                .isEqualTo(filed.body());
        assertThat(patch(path, "{\"archived\":null,\"labels\":null}").expect(200).body())
                .contains("\"pinned\":true,\"archived\":false,\"labels\":[]");
        assertThat(patch(path, "{\"title\":\"t\",\"labels\":[\"" + "🚀".repeat(64) + "\"]}").expect(200)
                .header("Conversation-Version")).isEqualTo("5");
        String many = IntStream.rangeClosed(1, 17).mapToObj(i -> "\"l" + i + "\"").collect(Collectors.joining(","));
        for (String labels : List.of("[\"\"]", "[\"" + "🚀".repeat(65) + "\"]", "[\"a\",\"a\"]", "[" + many + "]",
                "[\"\\u0000\"]", "\"a\"", "[7]", "[null]")) {
            assertThat(patch(path, "{\"labels\":" + labels + "}").expectProblem(400, "invalid-request").json()
                    .at("/errors/0/pointer").stringValue()).startsWith("#/labels");
        }
        patch(path, "{\"pinned\":\"true\"}").expectInvalidAt("#/pinned");
        assertThat(get(path).header("ETag")).isEqualTo("\"5\"");
    }

    @Test
    void a_list_is_filtered_by_archive_pin_labels_and_metadata() {
        String label = "list " + UUID.randomUUID();
        String first = filed(label,
                "{\"pinned\":true,\"labels\":[\"L\",\"x\"],\"metadata\":{\"k\":\"v=1\",\"a.b\":\"\"}}");
        String second = filed(label, "{\"archived\":true,\"labels\":[\"L\",\"x\"]}");
        String third = filed(label, "{\"labels\":[\"L\"],\"metadata\":{\"k\":\"v=1\"}}");
        String of = "/conversations?limit=2&label=" + encoded(label);

        assertThat(listed(of)).containsExactly(third, first);
        assertThat(listed(of + "&archived=include")).containsExactly(third, second, first);
        assertThat(listed(of + "&archived=only")).containsExactly(second);
        assertThat(listed(of + "&archived=include&label=x")).containsExactly(second, first);
        assertThat(listed(of + "&pinned=true")).containsExactly(first);
        assertThat(listed(of + "&pinned=false")).containsExactly(third);
        assertThat(listed(of + "&metadata.k=v%3D1")).containsExactly(third, first);
        assertThat(listed(of + "&metadata.k=v%3D1&metadata.a.b=")).containsExactly(first);
        String cursor = get(of + "&archived=include").text("nextCursor");
        get(of + "&cursor=" + cursor).expectProblem(400, "invalid-cursor");
        delete("/conversations/" + second).expect(204);
        assertThat(listed(of + "&deleted=true")).containsExactly(second);
        assertThat(listed(of + "&deleted=true&archived=exclude")).isEmpty();

        for (String wrong : List.of("archived=yes", "pinned=1", "label=", "metadata.=x", "metadata=x", "label=%00",
                "metadata.k=a&metadata.k=b", "pinned=true&pinned=true", "label=x" + "&label=y".repeat(16))) {
            get("/conversations?" + wrong).expectProblem(400, "invalid-request");
        }
    }

    /** The id of a conversation with this label too. */
    private String filed(String label, String patch) {
        String path = conversation("{}");
        patch(path, patch.replace("\"L\"", "\"" + label + "\"")).expect(200);
        return path.substring("/conversations/".length());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private List<String> listed(String path) {
        var ids = new ArrayList<String>();
        String cursor = "";
        do {
            Reply page = get(path + cursor).expect(200);
            page.json().get("items").forEach(item -> ids.add(item.get("id").stringValue()));
            cursor = page.json().get("nextCursor").isNull() ? "" : "&cursor=" + page.text("nextCursor");
        } while (!cursor.isEmpty());
        return ids;
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
