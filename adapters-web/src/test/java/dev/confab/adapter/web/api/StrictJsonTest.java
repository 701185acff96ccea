package dev.confab.adapter.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest extends WebTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"colour":1}                                              | #/colour
            {"title":1}                                               | #/title
            {"title":""}                                              | #/title
            {"title":true}                                            | #/title
            {"title":"a","title":"a"}                                 | #/title
            {"title":"a\\u0000"}                                      | #/title
            {"title":"\\ud800"}                                       | #/title
            {"title":"\\udc00\\ud800"}                                | #/title
            {"metadata":{"a/b~c d":1}}                                | #/metadata/a~1b~0c%20d
            {"metadata":{"k":null}}                                   | #/metadata/k
            {"metadata":[]}                                           | #/metadata
            {"metadata":{"":"v"}}                                     | #/metadata
            {"id":"1-1-1-1-1"}                                        | #/id
            {"id":7}                                                  | #/id
            {"messages":{}}                                           | #/messages
            {"messages":[{"role":"user","text":"a"},{"role":"user"}]} | #/messages/1/text
            {"messages":[{"role":"USER","text":"a"}]}                 | #/messages/0/role
            {"messages":[{"role":"user","text":5}]}                   | #/messages/0/text
            {"messages":[{"role":"user","text":"\\ud83d"}]}           | #/messages/0/text
            {"messages":[{"role":"user","text":"a","data":[]}]}       | #/messages/0/data
            {"messages":[{"role":"user","text":"a","data":{"x":{"y":1,"y":2}}}]} | #/messages/0/data/x/y
            {"messages":[{"role":"user","text":"a","data":{"x":["\\u0000"]}}]}   | #/messages/0/data/x/0
            {"messages":[{"role":"user","text":"a","colour":1}]}      | #/messages/0/colour
            []                                                        | #
            "text"                                                    | #
            null                                                      | #
            """)
    void what_is_wrong_in_a_body_is_named(String json, String pointer) {
        post("/conversations", json).expectInvalidAt(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\":}", "{", "{'title':'a'}", "{\"title\":\"a\",}", "{\"a\":NaN}", "{\"a\":01}",
            "{\"title\":\"a\nb\"}", "{/**/}", "\uFEFF{}"})
    void broken_json_is_told_with_line_and_column(String json) {
        assertThat(post("/conversations", json).expectProblem(400, "invalid-request").text("detail"))
                .containsPattern("line \\d+, column \\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "{}x", "{}]"})
    void nothing_may_follow_the_value(String json) {
        post("/conversations", json).expectProblem(400, "invalid-request");
    }

    /** Latin-1, overlong, a surrogate, past U+10FFFF, cut off; then UTF-16 with and without a mark. */
    @ParameterizedTest
    @ValueSource(strings = {"7b227469746c65223a22e9227d", "7b227469746c65223a22c0af227d",
            "7b227469746c65223a22eda080227d", "7b227469746c65223a22f4908080227d", "7b227469746c65223a22e282",
            "feff007b007d", "fffe7b007d00", "007b007d", "7b007d00"})
    void only_utf_8_is_read(String hex) {
        call("POST", "/conversations", BodyPublishers.ofByteArray(HexFormat.of().parseHex(hex)), "Content-Type", JSON)
                .expectProblem(400, "invalid-request");
    }

    @Test
    void data_comes_back_as_it_came() {
        String data = "{\"z\":1.0,\"a\":1e400,\"n\":-0.0,\"big\":123456789012345678901234567890,\"u\":\"é🚀\\u2028\",\"o\":{}}";
        String path = conversation("{\"messages\":[{\"role\":\"tool\",\"text\":\"\",\"data\": " + data + "}]}");

        assertThat(get(path + "/messages").body()).contains("\"z\":1.0,\"a\":1e400,\"n\":-0.0",
                "123456789012345678901234567890");
    }

    @Test
    void values_past_their_limits_are_refused_where_they_stand() {
        String path = conversation("{}") + "/messages";

        post(path, draft("x".repeat(1024 * 1024))).expect(201);
        post(path, draft("x".repeat(1024 * 1024 + 1))).expectInvalidAt("#/text");
        post(path, "{\"role\":\"user\",\"text\":\"\",\"data\":{\"x\":\"" + "x".repeat(65_536) + "\"}}")
                .expectInvalidAt("#/data");
        post("/conversations", "{\"title\":\"" + "🚀".repeat(200) + "\"}").expect(201);
        post("/conversations", "{\"title\":\"" + "🚀".repeat(201) + "\"}").expectInvalidAt("#/title");
        post(path, "[".repeat(2_000)).expectProblem(400, "invalid-request");
        var drafts = (draft("x") + ",").repeat(1_001);
        post(path + "/batch", "{\"messages\":[" + drafts.substring(0, drafts.length() - 1) + "]}")
                .expectInvalidAt("#/messages");
    }

    @Test
    void the_media_type_is_checked() {
        for (String type : new String[]{"text/plain", "application/yaml", "application/json;charset=utf-16", "json",
                "application/x-www-form-urlencoded", "application/merge-patch+json"}) {
            Reply reply = post("/conversations", "{}", "Content-Type", type).expectProblem(415,
                    "unsupported-media-type");
            assertThat(reply.header("Accept")).isEqualTo(JSON);
        }
        post("/conversations", "{}", "Content-Type", "application/json; charset=UTF-8").expect(201);
        String path = conversation("{}");
        assertThat(patch(path, "{}", "Content-Type", "text/plain").expectProblem(415, "unsupported-media-type")
                .header("Accept-Patch")).contains("application/merge-patch+json");
        call("POST", "/conversations", BodyPublishers.ofByteArray("{}".getBytes(StandardCharsets.UTF_8)))
                .expectProblem(415, "unsupported-media-type");
    }
}
