package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The version of a session, and the patches that change it. */
class SessionChangesTest extends WebTest {
    @Test
    void the_tag_of_a_session_is_its_version_which_its_turn_does_not_change() throws Exception {
        String path = session("{}");

        assertThat(get(path).expect(200).header("ETag")).isEqualTo("\"1\"");
        assertThat(get(path, "If-None-Match", "\"1\"").expect(304).body()).isEmpty();
        get(path, "If-None-Match", "\"2\"").expect(200);
        get(path, "If-None-Match", "1").expectProblem(400, "invalid-request");
        assertThat(call("HEAD", path, BodyPublishers.noBody()).expect(200).body()).isEmpty();

        post(path + "/turns", "{\"text\":\"hello\"}").expect(202);
        Reply later = get(path, "If-None-Match", "\"1\"").expect(200);

        assertThat(later.header("ETag")).isEqualTo("\"1\"");
        assertThat(later.json().at("/turn/sessionId").stringValue()).isEqualTo(later.text("id"));
    }

    @Test
    void a_patch_replaces_the_settings_and_merges_the_context_at_any_depth() {
        String path = session(
                "{\"name\":\"a\",\"instructions\":\"i\",\"model\":\"m\",\"context\":{\"k\":{\"x\":1,\"y\":[1]},\"l\":\"2\"}}");

        Reply reply = patch(path,
                "{\"name\":\"b\",\"model\":null,\"context\":{\"k\":{\"y\":null,\"z\":1e400},\"l\":null,"
                        + "\"m\":{\"n\":null}}}",
                "Content-Type", "application/merge-patch+json").expect(200);

        assertThat(reply.text("name")).isEqualTo("b");
        assertThat(reply.text("model")).isEqualTo("null");
        assertThat(reply.text("instructions")).isEqualTo("i");
        assertThat(reply.body()).contains("\"context\":{\"k\":{\"x\":1,\"z\":1e400},\"m\":{}}");
        assertThat(reply.header("ETag")).isEqualTo("\"2\"");
        assertThat(patch(path, "{}").expect(200).text("version")).isEqualTo("2");
        assertThat(patch(path, "{\"name\":\"b\",\"context\":{\"l\":null}}").expect(200).text("version")).isEqualTo("2");
        assertThat(patch(path, "{\"context\":null,\"name\":null}").expect(200).text("context")).isEqualTo("{}");
        assertThat(get(path).text("name")).isEqualTo("null");
    }

    @Test
    void a_patch_is_checked_as_a_whole() {
        String path = session("{\"context\":{\"a\":\"" + "x".repeat(40_000) + "\"}}");

        patch(path, "{\"context\":{\"b\":\"" + "x".repeat(40_000) + "\"}}").expectInvalidAt("#/context");
        patch(path, "{\"context\":{\"a\":\"" + "y".repeat(40_000) + "\"}}").expect(200);
        patch(path, "{\"context\":7}").expectInvalidAt("#/context");
        patch(path, "{\"instructions\":7}").expectInvalidAt("#/instructions");
        patch(path, "{\"model\":\"\"}").expectInvalidAt("#/model");
        patch(path, "{\"temporary\":false}").expectInvalidAt("#/temporary");
        patch(path, "").expectProblem(400, "invalid-request");
        patch(path, "{}", "Content-Type", "text/plain").expectProblem(415, "unsupported-media-type");
        patch("/sessions/1", "{}").expectProblem(400, "invalid-request");
        patch("/sessions/" + UUID.randomUUID(), "{}").expectProblem(404, "session-not-found");
    }

    @Test
    void preconditions_are_about_the_sessions_own_version() {
        String path = session("{}");

        patch(path, "{\"name\":\"a\"}", "If-Match", "\"1\"").expect(200);
        Reply conflict = patch(path, "{\"name\":\"b\"}", "If-Match", "\"1\"").expectProblem(412, "version-conflict");
        assertThat(conflict.text("currentVersion")).isEqualTo("2");
        patch(path, "{\"name\":\"b\"}", "If-Match", "W/\"2\"").expectProblem(412, "version-conflict");
        patch(path, "{\"name\":\"b\"}", "If-Match", "\"9\", \"2\"").expect(200);
        patch(path, "{\"name\":\"c\"}", "If-Match", "*").expect(200);
        patch(path, "{\"name\":\"c\"}", "If-Match", "4").expectProblem(400, "invalid-request");
        patch("/sessions/" + UUID.randomUUID(), "{}", "If-Match", "\"1\"").expectProblem(404, "session-not-found");
        delete(path, "If-Match", "\"1\"").expectProblem(400, "invalid-request");
    }
}
