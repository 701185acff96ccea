package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server answered. */
record Reply(int status, HttpHeaders headers, String body) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static Reply of(HttpResponse<byte[]> response) {
        return new Reply(response.statusCode(), response.headers(),
                new String(response.body(), StandardCharsets.UTF_8));
    }

    JsonNode json() {
        return MAPPER.readTree(body);
    }

    /** The text of a member, or of a member's member: {@code forkedFrom.messageId}. */
    String text(String path) {
        JsonNode node = json();
        for (String name : path.split("\\.")) {
            node = node.path(name);
        }
        return node.isString() ? node.stringValue() : node.toString();
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    Reply expect(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** Checks that it is this problem, in the whole form that every problem has. */
    Reply expectProblem(int expected, String code) {
        expect(expected);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(text("code")).as(body).isEqualTo(code);
        assertThat(text("type")).isEqualTo("/problems/" + code);
        assertThat(text("status")).isEqualTo(Integer.toString(expected));
        assertThat(text("title")).isNotBlank();
        assertThat(text("detail")).isNotBlank();
        assertThat(text("requestId")).isEqualTo(header("X-Request-Id")).isNotBlank();
        assertThat(text("instance")).isEqualTo("urn:confab:request:" + text("requestId"));
        return this;
    }

    /** Checks that it is an invalid request that names this place of the body. */
    Reply expectInvalidAt(String pointer) {
        expectProblem(400, "invalid-request");
        assertThat(json().path("errors").path(0).path("pointer").asString("")).as(body).isEqualTo(pointer);
        return this;
    }
}
