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

    static Stream<Script> temporary() {
        return Stream.of(wire -> wire.respond(429, "", "{}"), wire -> wire.respond(500, "", "{}"),
                wire -> wire.respond(503, "", "{}"), Wire::reset, wire -> wire.open().reset(),
                wire -> wire.open().events(Chunks.ROLE).end());
    }

    @ParameterizedTest
    @MethodSource("temporary")
    void a_temporary_failure_before_the_first_piece_is_retried(Script script) throws Exception {
        try (var endpoint = new FakeEndpoint(script, script, ANSWER);
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            assertThat(tested.hello()).isInstanceOf(AssistantReply.Complete.class);
            assertThat(tested.text()).isEqualTo("Hello");
            assertThat(endpoint.requests()).hasSize(3);
            assertThat(tested.pauses.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(750));
            assertThat(tested.pauses.get(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
        }
    }

    @Test
    void at_most_three_attempts_are_made() throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(429, "", "{}"));
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            assertThatThrownBy(tested::hello).hasMessageContaining("assistant-rate-limited");
            assertThat(endpoint.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "403", "404", "422"})
    void a_permanent_failure_is_not_retried(int status) throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(status, "", "{}"), ANSWER);
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            assertThatThrownBy(tested::hello).hasMessageContaining("assistant-");
            assertThat(endpoint.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Retry-After: 7|7", "retry-after: 0|0",
            "Date: Sat, 21 Nov 2026 20:30:00 GMT; Retry-After: Sat, 21 Nov 2026 20:30:09 GMT|9"})
    void a_retry_waits_as_long_as_the_provider_asks(String headers, int seconds) throws Exception {
        String lines = headers.replace("; ", "\r\n") + "\r\n";
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(429, lines, "{}"), ANSWER);
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            tested.hello();

            assertThat(tested.pauses).containsExactly(Duration.ofSeconds(seconds));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"soon", "-1", "99999999999999", "Sat, 21 Nov 2026 20:30:09 GMT"})
    void a_malformed_retry_after_is_ignored(String value) throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(429, "Retry-After: " + value + "\r\n", "{}"), ANSWER);
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            tested.hello();

            assertThat(tested.pauses).hasSize(1).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) < 0);
        }
    }

    @Test
    void a_wait_beyond_the_response_timeout_fails_at_once() throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(429, "Retry-After: 31\r\n", "{}"), ANSWER);
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            assertThatThrownBy(tested::hello).hasMessageContaining("assistant-rate-limited");
            assertThat(endpoint.requests()).hasSize(1);
            assertThat(tested.pauses).isEmpty();
        }
    }

    @Test
    void nothing_is_retried_once_a_tool_call_has_begun() throws Exception {
        try (var endpoint = new FakeEndpoint(
                wire -> wire.open().events(Chunks.tool(0, "call_1", "search", "{")).end(), ANSWER);
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            assertThatThrownBy(tested::hello).hasMessageContaining("assistant-broke-off");
            assertThat(endpoint.requests()).hasSize(1);
        }
    }
}
