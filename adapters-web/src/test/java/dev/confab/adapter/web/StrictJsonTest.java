package dev.confab.adapter.web;

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
            {"id":null,"title":null,"metadata":null,"messages":null,"x":null}    | #/x
            {"id":true}                                               | #/id
            {"id":""}                                                 | #/id
            {"title":1.5}                                             | #/title
            {"title":{}}                                              | #/title
            {"title":[]}                                              | #/title
            {"title":["a"]}                                           | #/title
            {"title":"a","x":{"y":1,"y":2}}                           | #/x/y
            {"x":[{"y":"\\udfff"}]}                                  | #/x/0/y
            {"metadata":""}                                           | #/metadata
            {"metadata":"text"}                                       | #/metadata
            {"metadata":7}                                            | #/metadata
            {"metadata":{"k":true}}                                   | #/metadata/k
            {"metadata":{"k":1.5}}                                    | #/metadata/k
            {"metadata":{"k":{}}}                                     | #/metadata/k
            {"metadata":{"k":["a"]}}                                  | #/metadata/k
            {"metadata":{"k":"a","k":"a"}}                            | #/metadata/k
            {"metadata":{"ä é":7}}                                    | #/metadata/%C3%A4%20%C3%A9
            {"metadata":{"k":"\\udfff"}}                             | #/metadata/k
            {"messages":""}                                           | #/messages
            {"messages":"text"}                                       | #/messages
            {"messages":{"role":"user","text":"a"}}                   | #/messages
            {"messages":[null]}                                       | #/messages/0
            {"messages":["text"]}                                     | #/messages/0
            {"messages":[""]}                                         | #/messages/0
            {"messages":[[]]}                                         | #/messages/0
            {"messages":[{}]}                                         | #/messages/0/role
            {"messages":[{"role":null,"text":"a"}]}                   | #/messages/0/role
            {"messages":[{"role":0,"text":"a"}]}                      | #/messages/0/role
            {"messages":[{"role":"","text":"a"}]}                     | #/messages/0/role
            {"messages":[{"role":"user"}]}                            | #/messages/0/text
            {"messages":[{"role":"user","text":null}]}                | #/messages/0/text
            {"messages":[{"role":"user","text":true}]}                | #/messages/0/text
            {"messages":[{"role":"user","text":["a"]}]}               | #/messages/0/text
            {"messages":[{"role":"user","text":"a","data":"{}"}]}     | #/messages/0/data
            {"messages":[{"role":"user","text":"a","data":7}]}        | #/messages/0/data
            {"messages":[{"role":"user","text":"a","data":true}]}     | #/messages/0/data
            {"messages":[{"role":"user","text":"a","data":""}]}       | #/messages/0/data
            {"messages":[{"role":"user","text":"a","id":"1"}]}        | #/messages/0/id
            {"messages":[{"role":"user","text":"a","metadata":{"k":1}}]}         | #/messages/0/metadata/k
            {"messages":[{"role":"user","text":"a","metadata":{"":"v"}}]}        | #/messages/0/metadata
            {"messages":[{"role":"user","text":"a"},{"role":"user","text":"a","text":"b"}]} | #/messages/1/text
            {"messages":[{"id":"6f9619ff-8b86-4011-b42d-00cf4fc964ff","role":"user","text":"a"},{"role":"user","text":"a"},{"id":"6F9619FF-8b86-4011-b42d-00cf4fc964ff","role":"tool","text":"b"}]} | #/messages/2/id
            []                                                        | #
            7                                                         | #
            true                                                      | #
            ""                                                        | #
            "text"                                                    | #
            null                                                      | #
            """)
    void an_error_in_a_body_is_named_by_its_place(String json, String pointer) {
        post("/conversations", json).expectInvalidAt(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\":}", "{", "{'title':'a'}", "{\"title\":\"a\",}", "{\"a\":NaN}", "{\"a\":01}",
            "{\"title\":\"a\nb\"}", "{/**/}"})
    void broken_json_is_reported_with_line_and_column(String json) {
        assertThat(post("/conversations", json).expectProblem(400, "invalid-request").text("detail"))
                .containsPattern("line \\d+, column \\d+");
    }

    /** Whatever is refused, a client reads this API's words, not the parser's. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"title\":}", "{", "{'title':'a'}", "{\"a\":NaN}", "{\"title\":\"\\x\"}",
            "{\"title\":\"a\",\"title\":\"a\"}",
            "{\"title\":7}", "{\"title\":{}}", "{\"colour\":1}", "{\"metadata\":{\"a\":1}}", "{\"messages\":7}",
            "{\"messages\":[7]}",
            "{\"messages\":[null]}", "{\"messages\":[{}]}", "{\"messages\":[{\"role\":7,\"text\":7}]}", "[", "[]", "7",
            "null", "{} {}", ""})
    void nothing_of_the_parser_is_shown(String json) {
        String session = session("{}");
        String conversation = conversation(1);
        for (Reply reply : new Reply[]{post("/conversations", json), post("/conversations/import", json),
                post(conversation + "/messages", json), post(conversation + "/messages/batch", json),
                patch(conversation, json), post("/sessions", json), patch(session, json),
                post(session + "/turns", json)}) {
            assertThat(reply.body()).doesNotContainIgnoringCase("Source:").doesNotContain("REDACTED", "StreamRead",
                    "jackson", "dev.confab", "java.", "Deserializ", "token", "Feature", "Exception", "Json", "Cannot");
        }
    }

    @Test
    void too_deep_nesting_and_too_long_numbers_are_reported_in_plain_words() {
        for (String json : new String[]{"[".repeat(2_000), "{\"a\":" + "1".repeat(2_000) + "}"}) {
            assertThat(post("/conversations", json).expectProblem(400, "invalid-request").text("detail"))
                    .startsWith("The JSON is nested too deeply, or has too long a number or name");
        }
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

    @ParameterizedTest
    @ValueSource(strings = {"{\"\\u0000\":1}", "{\"\\ud800\":1}", "{\"metadata\":{\"\\ud800\":\"a\"}}"})
    void a_malformed_key_is_refused(String json) {
        post("/conversations", json).expectProblem(400, "invalid-request");
    }

    @Test
    void broken_json_is_reported_before_other_errors() {
        assertThat(post("/conversations", "{\"colour\":1,\"title\":7,}").expectProblem(400, "invalid-request")
                .text("errors")).isEmpty();
    }

    @Test
    void a_null_means_the_same_as_no_member() {
        String path = conversation("{\"id\":null,\"title\":null,\"metadata\":null,\"messages\":null}");
        post(path + "/messages", "{\"id\":null,\"role\":\"user\",\"text\":\"\",\"data\":null,\"metadata\":null}")
                .expect(201);
        post("/sessions", "{\"id\":null,\"name\":null,\"conversationId\":null,\"temporary\":null,\"ttlSeconds\":null,"
                + "\"instructions\":null,\"model\":null,\"context\":null}").expect(201);
    }

    @Test
    void nothing_is_read_as_another_type() {
        post("/sessions", "{\"instructions\":7}").expectInvalidAt("#/instructions");
        post("/sessions", "{\"model\":true}").expectInvalidAt("#/model");
        for (String flag : new String[]{"\"true\"", "1", "0", "\"\"", "[true]", "{}"}) {
            post("/sessions", "{\"temporary\":" + flag + "}").expectInvalidAt("#/temporary");
        }
        for (String number : new String[]{"\"3600\"", "3600.0", "3.6e3", "\"\"", "[3600]", "{}", "true",
                "99999999999999999999"}) {
            post("/sessions", "{\"temporary\":true,\"ttlSeconds\":" + number + "}").expectInvalidAt("#/ttlSeconds");
        }
        for (String context : new String[]{"\"{}\"", "7", "[]", "\"\"", "true"}) {
            post("/sessions", "{\"context\":" + context + "}").expectInvalidAt("#/context");
        }
    }

    @Test
    void a_merge_patch_is_as_strict() {
        String path = conversation(1);
        String message = path + "/messages/" + get(path + "/messages").json().at("/items/0/id").stringValue();

        patch(path, "{\"title\":7}").expectInvalidAt("#/title");
        patch(path, "{\"title\":\"\"}").expectInvalidAt("#/title");
        patch(path, "{\"metadata\":[]}").expectInvalidAt("#/metadata");
        patch(path, "{\"metadata\":\"\"}").expectInvalidAt("#/metadata");
        patch(path, "{\"metadata\":{\"k\":7}}").expectInvalidAt("#/metadata/k");
        patch(path, "{\"metadata\":{\"k\":{}}}").expectInvalidAt("#/metadata/k");
        patch(path, "{\"metadata\":{\"\":\"a\"}}").expectInvalidAt("#/metadata");
        patch(path, "{\"id\":null}").expectInvalidAt("#/id");
        patch(path, "null").expectInvalidAt("#");
        patch(path, "[]").expectInvalidAt("#");
        patch(path, "{\"title\":\"a\",\"title\":\"a\"}").expectInvalidAt("#/title");
        patch(message, "{\"text\":7}").expectInvalidAt("#/text");
        patch(message, "{\"text\":\"" + "x".repeat(1024 * 1024 + 1) + "\"}").expectInvalidAt("#/text");
        patch(message, "{\"data\":7}").expectInvalidAt("#/data");
        patch(message, "{\"data\":[]}").expectInvalidAt("#/data");
        patch(message, "{\"data\":\"{}\"}").expectInvalidAt("#/data");
        patch(message, "{\"data\":{\"x\":\"" + "x".repeat(1024 * 1024) + "\"}}").expectInvalidAt("#/data");
        patch(message, "{\"metadata\":{\"k\":false}}").expectInvalidAt("#/metadata/k");
        patch(message, "{\"data\":{\"a\":{\"b\":1,\"b\":1}}}").expectInvalidAt("#/data/a/b");
        String changed = patch(message,
                "{\"data\":{\"n\":-0,\"big\":1e400,\"l\":[1.0],\"gone\":null,\"o\":{\"x\":null}}}")
                .expect(200).body();
        assertThat(changed).contains("\"data\":{\"n\":-0,\"big\":1e400,\"l\":[1.0],\"o\":{}}");
        assertThat(patch(message, "{\"data\":{\"l\":{\"y\":2.0},\"big\":null}}").expect(200).body())
                .contains("\"data\":{\"n\":-0,\"l\":{\"y\":2.0},\"o\":{}}");
        assertThat(patch(message, "{\"metadata\":{\"a\":\"1\",\"b\":\"2\"}}").expect(200).text("metadata"))
                .isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
        assertThat(patch(message, "{\"metadata\":null}").expect(200).text("metadata")).isEqualTo("{}");
    }

    @Test
    void json_that_is_nested_too_deeply_is_refused() {
        String path = conversation("{}") + "/messages";
        int depth = 490;

        post(path, "{\"role\":\"user\",\"text\":\"\",\"data\":{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}}")
                .expect(201);
        post(path, "{\"role\":\"user\",\"text\":\"\",\"data\":{\"x\":" + "[".repeat(501) + "]".repeat(501) + "}}")
                .expectProblem(400, "invalid-request");
    }

    @Test
    void data_is_returned_unchanged() {
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
        post(path, "{\"role\":\"user\",\"text\":\"\",\"data\":{\"x\":\"" + "x".repeat(1024 * 1024 - 8) + "\"}}")
                .expect(201);
        post(path, "{\"role\":\"user\",\"text\":\"\",\"data\":{\"x\":\"" + "x".repeat(1024 * 1024 - 7) + "\"}}")
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
