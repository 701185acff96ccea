package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.assistant.openai.FakeEndpoint.Script;
import dev.confab.domain.port.AssistantReply;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class RetriesTest {
    private static final Script ANSWER = wire -> wire.open().events(Chunks.text("Hello"), Chunks.STOP, Chunks.DONE)
            .end();

    static Stream<Script> passing() {
        return Stream.of(wire -> wire.respond(429, "", "{}"), wire -> wire.respond(500, "", "{}"),
                wire -> wire.respond(503, "", "{}"), Wire::reset, wire -> wire.open().reset(),
                wire -> wire.open().events(Chunks.ROLE).end());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_passes_before_the_first_piece_is_tried_again(Script script) throws Exception {
        try (var endpoint = new FakeEndpoint(script, script, ANSWER); var asking = Asking.at(endpoint.url(""))) {
            assertThat(asking.hello()).isInstanceOf(AssistantReply.Complete.class);
            assertThat(asking.text()).isEqualTo("Hello");
            assertThat(endpoint.asked()).hasSize(3);
            assertThat(asking.pauses.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(750));
            assertThat(asking.pauses.get(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
        }
    }

    @Test
    void three_attempts_are_all() throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(429, "", "{}"));
                var asking = Asking.at(endpoint.url(""))) {
            assertThatThrownBy(asking::hello).hasMessageContaining("assistant-rate-limited");
            assertThat(endpoint.asked()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "403", "404", "422"})
    void what_lasts_is_tried_once(int status) throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(status, "", "{}"), ANSWER);
                var asking = Asking.at(endpoint.url(""))) {
            assertThatThrownBy(asking::hello).hasMessageContaining("assistant-");
            assertThat(endpoint.asked()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Retry-After: 7|7", "retry-after: 0|0",
            "Date: Sat, 21 Nov 2026 20:30:00 GMT; Retry-After: Sat, 21 Nov 2026 20:30:09 GMT|9"})
    void the_wait_that_the_provider_asks_for_is_kept(String headers, int seconds) throws Exception {
        String lines = headers.replace("; ", "\r\n") + "\r\n";
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(429, lines, "{}"), ANSWER);
                var asking = Asking.at(endpoint.url(""))) {
            asking.hello();

            assertThat(asking.pauses).containsExactly(Duration.ofSeconds(seconds));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"soon", "-1", "99999999999999", "Sat, 21 Nov 2026 20:30:09 GMT"})
    void a_wait_that_is_not_understood_is_ours_to_choose(String value) throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(429, "Retry-After: " + value + "\r\n", "{}"), ANSWER);
                var asking = Asking.at(endpoint.url(""))) {
            asking.hello();

            assertThat(asking.pauses).hasSize(1).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) < 0);
        }
    }

    @Test
    void a_wait_beyond_the_time_out_is_not_begun() throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(429, "Retry-After: 31\r\n", "{}"), ANSWER);
                var asking = Asking.at(endpoint.url(""))) {
            assertThatThrownBy(asking::hello).hasMessageContaining("assistant-rate-limited");
            assertThat(endpoint.asked()).hasSize(1);
            assertThat(asking.pauses).isEmpty();
        }
    }

    @Test
    void after_a_tool_call_has_begun_nothing_is_tried_again() throws Exception {
        try (var endpoint = new FakeEndpoint(
                wire -> wire.open().events(Chunks.tool(0, "call_1", "search", "{")).end(), ANSWER);
                var asking = Asking.at(endpoint.url(""))) {
            assertThatThrownBy(asking::hello).hasMessageContaining("assistant-broke-off");
            assertThat(endpoint.asked()).hasSize(1);
        }
    }
}
