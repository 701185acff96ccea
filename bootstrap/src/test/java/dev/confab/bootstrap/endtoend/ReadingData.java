package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The conversations of ann that the reading commands read, written with the HTTP API. */
record ReadingData(RunningConfab confab, String token) {
    static final int LONG = 10_001;
    /** With one message each; the second is a fork of the first, and both have no title. */
    static final int SHORT_ONES = 24;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"text\":\"Straw and hay\"}]}";
    /** Sets the title of the window, clears the screen, colours, goes back, reverses the line. */
    private static final String HOSTILE = "\u001B]0;title\u0007\u001B[2J\u009B31m\r\u0008\u202E needle \u2066\u007F";

    /** What the API answers. */
    record Answers(List<JsonNode> listed, List<JsonNode> bin, List<JsonNode> needles, List<JsonNode> straws,
            JsonNode hostile, List<JsonNode> hostileMessages, String longOne) {
    }

    Answers fill() throws Exception {
        String first = created("{" + MESSAGES);
        api("POST", "/conversations/" + first + "/fork", "{\"messageId\":"
                + items("/conversations/" + first + "/messages").getFirst().get("id") + "}");
        for (int i = 2; i < SHORT_ONES; i++) {
            created("{\"title\":\"No. " + i + "\"," + MESSAGES);
        }
        String hostile = created("{\"title\":" + quoted(HOSTILE) + ",\"messages\":[{\"role\":\"user\",\"text\":"
                + quoted("first\n#2  assistant  forged\n\tand " + HOSTILE) + ",\"data\":{\"n\":1.10,\"t\":"
                + quoted("\u009B") + "}}]}");
        String longOne = created("{\"title\":\"Long\"}");
        for (int next = 1; next <= LONG; next += 1_000) {
            append("ann", longOne, next, Math.min(LONG, next + 999));
        }
        String filed = created(
                "{\"title\":\"Filed oyster\",\"messages\":[{\"role\":\"user\",\"text\":\"oyster\",\"author\":\"Ann Lee\"},"
                        + "{\"role\":\"assistant\",\"text\":\"oyster\",\"createdAt\":\"2020-01-31T09:30:00.000Z\"}]}");
        api("PATCH", "/conversations/" + filed, "{\"labels\":[\"a, b\",\"c\"]}");
        api("DELETE", "/conversations/" + created("{\"title\":\"Deleted\"}"), "");
        return new Answers(items("/conversations?limit=100"), items("/conversations?deleted=true"),
                items("/search?q=needle"), items("/search?q=stra&prefix=true&limit=100"),
                json(api("GET", "/conversations/" + hostile, "")), items("/conversations/" + hostile + "/messages"),
                longOne);
    }

    /** Appends at most 1000 messages with numbers. */
    void append(String owner, String conversation, int first, int last) throws Exception {
        var messages = IntStream.rangeClosed(first, last)
                .mapToObj(n -> "{\"role\":\"user\",\"text\":\"message " + n + "\"}").toList();
        api("POST", "/conversations/" + conversation + "/messages/batch", "{\"messages\":" + messages + "}", owner);
    }

    private String api(String method, String path, String body) throws Exception {
        return api(method, path, body, "ann");
    }

    /** On behalf of the owner. */
    String api(String method, String path, String body, String owner) throws Exception {
        var response = confab.call(method, "/api/v1" + path, body, "Authorization", "Bearer " + token, "Confab-Owner",
                owner);
        try (var in = response.body()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(response.statusCode()).as(text).isBetween(200, 299);
            return text;
        }
    }

    private String created(String body) throws Exception {
        return json(api("POST", "/conversations", body)).get("id").stringValue();
    }

    private List<JsonNode> items(String path) throws Exception {
        return json(api("GET", path, "")).get("items").valueStream().toList();
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }
}
