package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.adapter.web.json.RequestBodies;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the bodies of requests may take of the memory, and how they may begin. */
class BodiesTest extends WebTest {
    private static final String CREATE = "/api/v1/conversations";
    /** Two of this size do not fit, one does. Its title is too long, so it changes nothing. */
    private static final String LARGE = "{\"title\":\"" + "a".repeat(7_000_000) + "\"}";

    @Test
    void a_byte_order_mark_at_the_start_of_a_body_is_skipped() {
        assertThat(create("\uFEFF{\"title\":\"a\"}").status()).isEqualTo(201);
        assertThat(create("\uFEFF").status()).isEqualTo(400);
        assertThat(create("{\"title\":\"\uFEFFa\"}").expect(201).text("title")).isEqualTo("\uFEFFa");
    }

    @Test
    void bodies_that_do_not_fit_into_memory_together_are_rejected_until_the_others_are_answered() throws IOException {
        for (String length : List.of("Content-Length: 7000000\r\n\r\n" + "a".repeat(1_000),
                "Transfer-Encoding: chunked\r\n\r\n6acfc0\r\n" + "a".repeat(6_900_000))) {
            try (var slow = new Socket("127.0.0.1", port)) {
                slow.getOutputStream().write(("POST " + CREATE + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\n" + length).getBytes(StandardCharsets.US_ASCII));
                await().until(() -> create(LARGE).status() == 503);

                Reply rejected = create(LARGE).expectProblem(503, "overloaded");
                assertThat(rejected.header("Retry-After")).isEqualTo("2");
                assertThat(rejected.text("repeatable")).isEqualTo("true");
                create("{}").expect(201);
            }
            await().until(() -> create(LARGE).status() != 503);
            create(LARGE).expectInvalidAt("#/title");
        }
    }

    @Test
    void a_large_body_that_arrives_slowly_rejects_no_small_ones() throws IOException {
        try (var slow = new Socket("127.0.0.1", port)) {
            slow.getOutputStream().write(("POST " + CREATE + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + RequestBodies.MAX_BYTES + "\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> create(LARGE).status() == 503);

            create("{\"messages\":[{\"role\":\"user\",\"text\":\"" + "a".repeat(60_000) + "\"}]}").expect(201);
        }
    }

    @Test
    void an_object_or_array_of_a_body_has_at_most_65536_members() {
        String zeros = "0,".repeat(65_536) + "0";
        create("{\"x\":[" + zeros + "]}").expectInvalidAt("#/x");
        String names = IntStream.rangeClosed(0, 65_536).mapToObj(i -> "\"" + i + "\":0")
                .collect(Collectors.joining(","));
        create("{\"x\":{" + names + "}}").expectInvalidAt("#/x");
    }

    @Test
    void data_and_metadata_are_rejected_as_soon_as_they_are_too_large() {
        String zeros = ("[" + "0,".repeat(60_000) + "0],").repeat(9) + "0";
        create(message("\"data\":{\"x\":[" + zeros + "]}")).expectInvalidAt("#/messages/0/data");
        String pairs = IntStream.range(0, 60_000).mapToObj(i -> "\"" + i + "\":\"\"").collect(Collectors.joining(","));
        create(message("\"metadata\":{" + pairs + "}")).expectInvalidAt("#/messages/0/metadata");
    }

    private static String message(String member) {
        return "{\"messages\":[{\"role\":\"user\",\"text\":\"a\"," + member + "}]}";
    }

    private Reply create(String json) {
        return call("POST", CREATE, BodyPublishers.ofString(json), "Content-Type", JSON);
    }
}
