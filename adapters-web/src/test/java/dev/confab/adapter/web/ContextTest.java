package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an assistant is told, over HTTP. A word is a token here, and a message one more. */
class ContextTest extends WebTest {

    @Test
    void a_client_gets_the_newest_messages_that_fit_with_their_tokens() {
        String path = conversation("""
                {"messages":[{"role":"system","text":"Rule"},{"role":"user","text":"One two three"},
                {"role":"assistant","text":"Call","data":{"toolCalls":[]}},{"role":"tool","text":"Result"},
                {"role":"user","text":"Last one","author":"Ann"}]}""");

        Reply reply = get(path + "/context?maxTokens=9").expect(200);

        assertThat(reply.json().propertyNames()).containsExactly("items", "tokens", "omitted", "encoding", "version");
        assertThat(reply.json().at("/items").valueStream().map(item -> item.at("/message/text").asString()))
                .containsExactly("Rule", "Call", "Result", "Last one");
        assertThat(reply.json().at("/items").valueStream().map(item -> item.path("tokens").asInt()))
                .containsExactly(2, 2, 2, 3);
        assertThat(reply.json().at("/items/3/message")).isEqualTo(
                get(path + "/messages?order=desc&limit=1").expect(200).json().at("/items/0"));
        assertThat(reply.text("tokens")).isEqualTo("9");
        assertThat(reply.text("omitted")).isEqualTo("1");
        assertThat(reply.text("encoding")).isEqualTo("words");
        assertThat(reply.text("version")).isEqualTo(get(path).expect(200).text("version"));
        assertThat(get(path + "/context?maxTokens=2000000&model=m-1").expect(200).text("encoding")).isEqualTo("m-1");
    }

    @Test
    void the_context_is_tagged_with_the_version_of_the_conversation() {
        String path = conversation("{\"messages\":[{\"role\":\"user\",\"text\":\"a\"}]}");
        String tag = get(path).expect(200).header("ETag");

        assertThat(get(path + "/context?maxTokens=9").expect(200).header("ETag")).isEqualTo(tag);
        call("GET", path + "/context?maxTokens=9", BodyPublishers.noBody(), "If-None-Match",
                tag).expect(304);
    }

    @Test
    void what_must_be_told_and_does_not_fit_is_a_problem() {
        String path = conversation("{\"messages\":[{\"role\":\"user\",\"text\":\"a b c\"}]}");

        assertThat(get(path + "/context?maxTokens=3").expectProblem(409, "context-too-large").text("detail"))
                .contains("more than 3 tokens");
        get(path + "/context?maxTokens=4").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "x", "01", "2000001", "99999999999"})
    void a_budget_is_a_number_from_1_to_2000000(String number) {
        assertThat(get(conversation("{}") + "/context?maxTokens=" + number).expectProblem(400, "invalid-request")
                .text("detail")).contains("maxTokens");
    }

    @Test
    void a_budget_is_required() {
        assertThat(get(conversation("{}") + "/context").expectProblem(400, "invalid-request").text("detail"))
                .contains("maxTokens");
    }

    @Test
    void a_session_has_a_budget_that_can_be_changed() {
        Reply session = post("/sessions", "{\"contextTokens\":8000}").expect(201);
        String path = "/sessions/" + session.text("id");

        assertThat(session.text("contextTokens")).isEqualTo("8000");
        assertThat(patch(path, "{\"contextTokens\":9000}").expect(200).text("contextTokens")).isEqualTo("9000");
        assertThat(patch(path, "{\"name\":\"a\"}").expect(200).text("contextTokens")).isEqualTo("9000");
        assertThat(patch(path, "{\"contextTokens\":null}").expect(200).text("contextTokens")).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2000001", "1.5", "\"8000\"", "true"})
    void a_budget_of_a_session_is_a_number_from_1_to_2000000(String number) {
        post("/sessions", "{\"contextTokens\":" + number + "}").expectProblem(400, "invalid-request");
        String path = "/sessions/" + post("/sessions", "{}").expect(201).text("id");
        assertThat(patch(path, "{\"contextTokens\":" + number + "}").expectProblem(400, "invalid-request").body())
                .contains("/contextTokens");
    }
}
