package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query parameters: each one must be known, appear once, and have a well-formed value. */
class QueriesTest extends WebTest {
    private static final String ID = UUID.randomUUID().toString();

    @ParameterizedTest
    @CsvSource({"GET, /info", "GET, /conversations", "POST, /conversations", "POST, /conversations/import",
            "GET, /conversations/ID", "PATCH, /conversations/ID", "DELETE, /conversations/ID",
            "POST, /conversations/ID/restore", "POST, /conversations/ID/fork", "GET, /conversations/ID/export",
            "GET, /conversations/ID/messages", "POST, /conversations/ID/messages",
            "POST, /conversations/ID/messages/batch", "GET, /conversations/ID/messages/ID",
            "PATCH, /conversations/ID/messages/ID", "POST, /conversations/ID/truncate",
            "POST, /conversations/ID/clear", "GET, /conversations/ID/context", "GET, /conversations/ID/changes",
            "GET, /conversations/ID/events", "GET, /conversations/ID/statistics", "GET, /conversations/ID/document",
            "GET, /documents", "GET, /statistics",
            "GET, /conversations/ID/turns", "GET, /search", "GET, /events", "GET, /sessions", "POST, /sessions",
            "GET, /sessions/current", "PUT, /sessions/current", "GET, /sessions/ID", "PATCH, /sessions/ID",
            "DELETE, /sessions/ID", "POST, /sessions/ID/keep", "POST, /sessions/ID/clear", "POST, /sessions/ID/turns",
            "GET, /turns/ID", "POST, /turns/ID/cancel", "POST, /turns/ID/approvals", "GET, /turns/ID/events"})
    void an_unknown_parameter_is_refused_by_every_call(String method, String path) {
        Reply reply = call(method, path.replace("ID", ID) + "?colour=red",
                method.equals("GET") || method.equals("DELETE")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString("{}"),
                "Content-Type", JSON).expectProblem(400, "invalid-request");

        assertThat(reply.text("detail")).contains("colour");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x10", "%2B5", "+5", "5+", "-0", "05", "1e1", "99999999999", "99999999999999999999", "",
            "%D9%A3", "%00"})
    void a_number_is_written_in_plain_digits(String number) {
        get("/conversations?limit=" + number).expectProblem(400, "invalid-request");
        get("/sessions?limit=" + number).expectProblem(400, "invalid-request");
        String conversation = conversation("{}");
        get(conversation + "/turns?limit=" + number).expectProblem(400, "invalid-request");
        get(conversation + "/messages?limit=" + number).expectProblem(400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"after", "before", "since"})
    void positions_and_versions_are_numbers(String name) {
        String path = conversation("{}") + (name.equals("since") ? "/changes?since=" : "/messages?" + name + "=");

        for (String malformed : new String[]{"", "x", "-1", "0x1", "+1", "01", "%00", "9999999999999999999"}) {
            get(path + malformed).expectProblem(400, "invalid-request");
        }
        get(path + "1").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TRUE", "yes", "on", "1", "true%20"})
    void a_flag_is_true_or_false(String flag) {
        get("/conversations?deleted=" + flag).expectProblem(400, "invalid-request");
        get("/search?q=a&prefix=" + flag).expectProblem(400, "invalid-request");
        delete(conversation("{}") + "?purge=" + flag).expectProblem(400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"role=USER", "role=", "role=robot", "from=yesterday", "to=2026-01-31", "from=",
            "from=2026-01-31T09:30:00.0001Z", "to=%2B1000000000-01-01T00:00:00Z",
            "from=2026-01-31T09:30:00.000Z&to=2026-01-31T09:30:00.000Z", "prefix=true", "author=", "label=",
            "author=a&author=b", "author=%00"})
    void a_search_for_one_role_or_period_is_well_formed_and_a_prefix_is_long_enough(String filter) {
        get("/search?q=a&" + filter).expectProblem(400, "invalid-request");
    }

    @Test
    void a_search_may_be_for_one_role_and_a_period() {
        String conversation = conversation("{\"title\":\"needle\"}");
        post(conversation + "/messages", "{\"role\":\"user\",\"text\":\"needle one\"}").expect(201);
        post(conversation + "/messages", "{\"role\":\"assistant\",\"text\":\"needle two\"}").expect(201);

        assertThat(get("/search?q=needle&role=assistant&from=2020-01-01T00:00:00.000Z").json().get("items")).hasSize(1);
        assertThat(get("/search?q=needle&to=2020-01-01T00:00:00.000Z").json().get("items")).isEmpty();
        assertThat(get("/search?q=needle").json().get("items")).hasSize(3);
        assertThat(get("/search?q=needle").json().get("partial").booleanValue()).isFalse();
        String cursor = get("/search?q=needle&limit=1&role=user").json().path("nextCursor").asString("");
        assertThat(cursor).isEmpty();
        cursor = get("/search?q=needle&limit=1").json().get("nextCursor").stringValue();
        get("/search?q=needle&limit=1&role=user&cursor=" + cursor).expectProblem(400, "invalid-cursor");
    }

    @Test
    void a_search_may_be_for_one_author_and_for_labels_each_to_the_character() {
        String conversation = conversation("{}");
        post(conversation + "/messages", "{\"role\":\"user\",\"text\":\"pearl\",\"author\":\"Ann, Zoë\"}").expect(201);
        post(conversation + "/messages", "{\"role\":\"user\",\"text\":\"pearl\"}").expect(201);
        patch(conversation, "{\"labels\":[\"a, b\",\"c\"]}").expect(200);

        assertThat(get("/search?q=pearl&author=Ann,+Zo%C3%AB").json().get("items")).hasSize(1);
        assertThat(get("/search?q=pearl&author=Ann").json().get("items")).isEmpty();
        assertThat(get("/search?q=pearl&label=a,+b&label=c").json().get("items")).hasSize(2);
        assertThat(get("/search?q=pearl&label=a").json().get("items")).isEmpty();
        String cursor = get("/search?q=pearl&limit=1&label=a,+b").json().get("nextCursor").stringValue();
        get("/search?q=pearl&limit=1&label=a&label=b&cursor=" + cursor).expectProblem(400, "invalid-cursor");
        get("/search?q=pearl&limit=1&label=a,+b&cursor=" + cursor).expect(200);
    }

    @Test
    void a_flag_may_be_false() {
        get("/conversations?deleted=false").expect(200);
        get("/search?q=a&prefix=false").expect(200);
        delete(conversation("{}") + "?purge=false").expect(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=a&q=b", "q=a&q=a", "q=%00", "q=a&=b", "q=a&=", "q=%FF", "q=%C3", "q=%C0%80",
            "q=%ED%A0%80",
            "q=", "q", "q=a&cursor=", "q=a&conversationId=", "q=a&Q=a"})
    void a_malformed_query_is_refused(String query) {
        get("/search?" + query).expect(400);
    }

    @Test
    void empty_parts_and_escapes_are_understood() {
        get("/search?&q=ab&&prefix=true&").expect(200);
        get("/search?%71=a%20b+c").expect(200);
        get("/conversations?sort=%63reated").expect(200);
        get("/conversations?").expect(200);
    }

    @Test
    void a_query_is_never_read_from_a_body() {
        call("POST", "/conversations", BodyPublishers.ofString("colour=red"), "Content-Type",
                "application/x-www-form-urlencoded").expectProblem(415, "unsupported-media-type");
        call("POST", "/conversations/import", BodyPublishers.ofString("onConflict=new-id"), "Content-Type",
                "application/x-www-form-urlencoded").expectProblem(415, "unsupported-media-type");
    }

    @Test
    void an_id_in_a_path_is_a_uuid() {
        String id = "1-1-1-1-1";
        for (String path : new String[]{"/conversations/" + id, "/conversations/" + id + "/messages",
                "/conversations/" + id + "/changes?since=1", "/conversations/" + id + "/events",
                "/conversations/" + id + "/export", "/conversations/" + id + "/turns",
                "/conversations/" + ID + "/messages/" + id, "/sessions/" + id, "/turns/" + id,
                "/turns/" + id + "/events"}) {
            assertThat(get(path).expectProblem(400, "invalid-request").text("detail")).contains("Id: ", "UUID");
        }
    }

    @Test
    void a_precondition_is_rejected_by_operations_that_would_not_check_it() {
        String session = session("{}");
        String conversation = conversation("{}");
        for (String path : new String[]{"/sessions", session + "/keep", session + "/clear", "/conversations",
                "/conversations/import", conversation + "/fork", conversation + "/restore"}) {
            for (String tag : new String[]{"*", "\"1\"", "malformed", ""}) {
                post(path, "", "If-Match", tag).expectProblem(400, "invalid-request");
            }
        }
        delete(session, "If-Match", "*").expectProblem(400, "invalid-request");
        call("PUT", "/sessions/current", BodyPublishers.ofString("{}"), "Content-Type", JSON, "If-Match", "*")
                .expectProblem(400, "invalid-request");
        delete(conversation).expect(204);
        delete(conversation + "?purge=true", "If-Match", "*").expectProblem(400, "invalid-request");
        delete(conversation + "?purge=true").expect(204);
        for (String part : new String[]{"/cancel", "/approvals"}) {
            post("/turns/" + ID + part, "{\"callId\":\"1\",\"approved\":true}", "If-Match", "*").expectProblem(400,
                    "invalid-request");
        }
    }
}
