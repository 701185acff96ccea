package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confab.adapter.assistant.openai.FakeEndpoint.Script;
import dev.confab.domain.port.AssistantFailed;
import dev.confab.domain.session.ToolRound;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FailuresTest {
    /** Long enough for a slow machine to send an event. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({"400, assistant-request-rejected", "404, assistant-request-rejected", "302, assistant-request-rejected",
            "401, assistant-refused", "403, assistant-refused", "429, assistant-rate-limited",
            "500, assistant-unavailable", "503, assistant-unavailable"})
    void a_status_becomes_a_failure_code(int status, String code) throws Exception {
        assertFails(code, "", wire -> wire.respond(status, "Location: http://localhost/elsewhere\r\n", "{}"));
    }

    @ParameterizedTest
    @CsvSource({"content_filter, assistant-filtered", "error, assistant-broke-off"})
    void an_incomplete_finish_reason_becomes_a_failure_code(String reason, String code) throws Exception {
        assertFails(code, "Hello", wire -> wire.open()
                .events(Chunks.text("Hello"), Chunks.finish(reason), Chunks.DONE).end());
    }

    @Test
    void the_length_limit_before_any_text_becomes_a_failure_code() throws Exception {
        assertFails("assistant-length", "", wire -> wire.open()
                .events(Chunks.tool(0, "call_1", "time", "{"), Chunks.finish("length"), Chunks.DONE).end());
    }

    static Stream<Arguments> ends() {
        return Stream.of(Arguments.of("closed within a chunk of HTTP", (Script) wire -> started(wire).socket().close()),
                Arguments.of("ended without a finish", (Script) wire -> started(wire).end()),
                Arguments.of("done without a finish", (Script) wire -> started(wire).events(Chunks.DONE).end()),
                Arguments.of("cut in the middle of an event",
                        (Script) wire -> started(wire).send("data: {\"choices\":[{\"del").end()),
                Arguments.of("an error among the chunks", (Script) wire -> started(wire)
                        .events("{\"error\":{\"message\":\"overloaded\",\"code\":502}}").end()),
                Arguments.of("an error event",
                        (Script) wire -> started(wire).send("event: error\ndata: {\"a\":1}\n\n").end()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void a_stream_that_breaks_off_fails(String name, Script script) throws Exception {
        assertFails("assistant-broke-off", "Hello", script);
    }

    @Test
    void a_connection_reset_in_the_middle_of_an_answer_fails() throws Exception {
        var received = new CountDownLatch(1);
        try (var endpoint = new FakeEndpoint(wire -> {
            // A reset may overtake the bytes sent before it, so it waits until they have arrived.
            Wire open = started(wire);
            received.await();
            open.reset();
        }); var tested = AssistantUnderTest.at(endpoint.url(""))) {
            assertThatThrownBy(() -> tested.assistant.answer(AssistantUnderTest.HELLO, piece -> received.countDown()))
                    .hasMessageContaining("assistant-broke-off");
            assertThat(endpoint.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "hello", "[]", "7", "null", "\"\"", "{\"choices\":7}",
            "{\"choices\":[{\"delta\":{\"content\":{\"a\":[1]}}}]}", "{\"choices\":[{\"delta\":\"x\"}]}"})
    void a_malformed_chunk_fails_without_a_retry(String chunk) throws Exception {
        assertFails("assistant-malformed", "", wire -> wire.open().events(chunk, Chunks.STOP, Chunks.DONE).end());
        assertFails("assistant-malformed", "Hello",
                wire -> started(wire).events(chunk, Chunks.text(" again"), Chunks.STOP, Chunks.DONE).end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a name of more than sixty-four characters is not one that was offered"})
    void a_tool_call_with_an_invalid_name_is_malformed(String name) throws Exception {
        assertFails("assistant-malformed", "",
                wire -> wire.open().events(Chunks.tool(0, "call_1", name, "{}"), Chunks.TOOL_CALLS).end());
    }

    @Test
    void more_tool_calls_than_a_round_may_hold_are_malformed() throws Exception {
        String[] calls = IntStream.rangeClosed(0, ToolRound.MAX_CALLS)
                .mapToObj(index -> Chunks.tool(index, "call_" + index, "time", "{}")).toArray(String[]::new);

        assertFails("assistant-malformed", "", wire -> wire.open().events(calls).events(Chunks.TOOL_CALLS).end());
    }

    @Test
    void an_event_or_a_stream_above_its_size_limit_is_malformed() throws Exception {
        assertFails("assistant-malformed", "",
                wire -> wire.open().send("data: " + "x".repeat(SseParser.MAX_EVENT_BYTES + 1)).awaitClose());
        String comment = ": " + "x".repeat(1_000_000) + "\n\n";
        assertFails("assistant-malformed", "", wire -> {
            wire.open();
            for (int sent = 0; sent <= SseParser.MAX_STREAM_BYTES; sent += comment.length()) {
                wire.send(comment);
            }
            wire.awaitClose();
        });
    }

    @Test
    void a_server_that_does_not_begin_to_answer_times_out() throws Exception {
        try (var endpoint = new FakeEndpoint(Wire::awaitClose);
                var tested = AssistantUnderTest.at(endpoint.url(""), SHORT, Duration.ofSeconds(30))) {
            assertThatThrownBy(tested::hello).hasMessageContaining("assistant-timeout");
            assertThat(endpoint.requests()).hasSizeLessThan(2);
        }
    }

    @Test
    void a_server_that_falls_silent_times_out_and_its_connection_is_closed() throws Exception {
        var closed = new CountDownLatch(1);
        try (var endpoint = new FakeEndpoint(wire -> {
            started(wire).awaitClose();
            closed.countDown();
        }); var tested = AssistantUnderTest.at(endpoint.url(""), Duration.ofSeconds(30), SHORT)) {
            assertThatThrownBy(tested::hello).hasMessageContaining("assistant-timeout");
            assertThat(tested.text()).isEqualTo("Hello");
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void an_unreachable_server_is_unavailable() throws Exception {
        var gone = new FakeEndpoint(wire -> {
        });
        gone.close();
        try (var tested = AssistantUnderTest.at(gone.url(""))) {
            assertThatThrownBy(tested::hello).hasMessageContaining("assistant-unavailable");
            assertThat(tested.pauses).hasSize(2);
        }
    }

    @Test
    void an_exception_of_the_sink_reaches_the_caller_unchanged_and_closes_the_connection() throws Exception {
        var thrown = new IllegalStateException("the turn is over");
        var closed = new CountDownLatch(1);
        try (var endpoint = new FakeEndpoint(wire -> {
            started(wire).awaitClose();
            closed.countDown();
        }); var tested = AssistantUnderTest.at(endpoint.url(""))) {
            assertThatThrownBy(() -> tested.assistant.answer(AssistantUnderTest.HELLO, piece -> {
                throw thrown;
            })).isSameAs(thrown);
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Wire started(Wire wire) throws IOException {
        return wire.open().events(Chunks.ROLE, Chunks.text("Hello"));
    }

    private static void assertFails(String code, String text, Script script) throws Exception {
        try (var endpoint = new FakeEndpoint(script); var tested = AssistantUnderTest.at(endpoint.url(""))) {
            AssistantFailed failed = catchThrowableOfType(AssistantFailed.class, tested::hello);

            assertThat(failed.failure().code()).isEqualTo(code);
            assertThat(tested.text()).isEqualTo(text);
            if (!text.isEmpty()) {
                assertThat(endpoint.requests()).as("attempts after a piece of text").hasSize(1);
            }
        }
    }
}
