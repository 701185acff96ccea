package dev.confab.bootstrap.campaign.hostile.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back on a raw connection until it was closed. */
record RawAnswer(String text) {
    private static final JsonMapper JSON = new JsonMapper();

    static RawAnswer of(byte[] bytes) {
        return new RawAnswer(new String(bytes, StandardCharsets.UTF_8));
    }

    int status() {
        assertThat(text).as("an answer").startsWith("HTTP/1.1 ");
        return Integer.parseInt(text.substring(9, 12));
    }

    private String head() {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? text : text.substring(0, end + 2);
    }

    JsonNode body() {
        return JSON.readTree(text.substring(text.indexOf("\r\n\r\n") + 4));
    }

    /** The status, and the code of a problem; a problem must be well-formed, and a 503 must say when to try again. */
    String label() {
        if (status() < 400) {
            return Integer.toString(status());
        }
        assertThat(head()).contains("Content-Type: application/problem+json", "X-Request-Id: ");
        if (status() == 503) {
            assertThat(head()).contains("Retry-After: ");
        }
        return status() + " " + body().get("code").asString();
    }

    RawAnswer expect(String attack, Set<String> answers) {
        assertThat(label()).as("%s: %s", attack, text).isIn(answers);
        return this;
    }
}
