package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confab.adapter.assistant.openai.FakeEndpoint.Script;
import dev.confab.domain.port.AssistantFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    /** Long enough for a busy machine to send what it has to send. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({"400, assistant-request-rejected", "404, assistant-request-rejected", "302, assistant-request-rejected",
            "401, assistant-refused", "403, assistant-refused", "429, assistant-rate-limited",
            "500, assistant-unavailable", "503, assistant-unavailable"})
    void a_status_is_told_as_a_code(int status, String code) throws Exception {
        assertFails(code, "", wire -> wire.respond(status, "Location: http://localhost/elsewhere\r\n", "{}"));
    }

    @ParameterizedTest
    @CsvSource({"length, assistant-length", "content_filter, assistant-filtered", "error, assistant-broke-off"})
    void a_finish_that_is_none_is_told_as_a_code(String reason, String code) throws Exception {
        assertFails(code, "Hello", wire -> wire.open()
                .events(Chunks.text("Hello"), Chunks.finish(reason), Chunks.DONE).end());
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
    void a_stream_that_breaks_off_is_no_answer(String name, Script script) throws Exception {
        assertFails("assistant-broke-off", "Hello", script);
    }

    @Test
    void a_connection_that_is_reset_within_an_answer_is_no_answer() throws Exception {
        var said = new CountDownLatch(1);
        try (var endpoint = new FakeEndpoint(wire -> {
            // A reset overtakes what was sent before, so it waits until that has come.
            Wire open = started(wire);
            said.await();
            open.reset();
        }); var asking = Asking.at(endpoint.url(""))) {
            assertThatThrownBy(() -> asking.assistant.answer(Asking.HELLO, piece -> said.countDown()))
                    .hasMessageContaining("assistant-broke-off");
            assertThat(endpoint.asked()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "hello", "[]", "7", "{}", "{\"choices\":7}",
            "{\"choices\":[{\"delta\":{\"content\":{\"a\":[1]}}}]}", "{\"choices\":[{\"delta\":\"x\"}]}"})
    void a_malformed_chunk_is_no_answer_and_not_asked_for_again(String chunk) throws Exception {
        assertFails("assistant-malformed", "", wire -> wire.open().events(chunk, Chunks.STOP, Chunks.DONE).end());
        assertFails("assistant-malformed", "Hello",
                wire -> started(wire).events(chunk, Chunks.text(" again"), Chunks.STOP, Chunks.DONE).end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a name of more than sixty-four characters is not one that was offered"})
    void a_tool_call_that_is_none_is_malformed(String name) throws Exception {
        assertFails("assistant-malformed", "",
                wire -> wire.open().events(Chunks.tool(0, "call_1", name, "{}"), Chunks.TOOL_CALLS).end());
    }

    @Test
    void a_piece_or_an_answer_too_long_is_malformed() throws Exception {
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
    void a_server_that_does_not_begin_to_answer_is_left() throws Exception {
        try (var endpoint = new FakeEndpoint(Wire::awaitClose);
                var asking = Asking.at(endpoint.url(""), SHORT, Duration.ofSeconds(30))) {
            assertThatThrownBy(asking::hello).hasMessageContaining("assistant-timeout");
            assertThat(endpoint.asked()).hasSizeLessThan(2);
        }
    }

    @Test
    void a_server_that_falls_silent_is_left_and_its_connection_closed() throws Exception {
        var closed = new CountDownLatch(1);
        try (var endpoint = new FakeEndpoint(wire -> {
            started(wire).awaitClose();
            closed.countDown();
        }); var asking = Asking.at(endpoint.url(""), Duration.ofSeconds(30), SHORT)) {
            assertThatThrownBy(asking::hello).hasMessageContaining("assistant-timeout");
            assertThat(asking.text()).isEqualTo("Hello");
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void nobody_there_is_unavailable() throws Exception {
        var gone = new FakeEndpoint(wire -> {
        });
        gone.close();
        try (var asking = Asking.at(gone.url(""))) {
            assertThatThrownBy(asking::hello).hasMessageContaining("assistant-unavailable");
            assertThat(asking.pauses).hasSize(2);
        }
    }

    @Test
    void what_the_listener_throws_reaches_the_caller_unchanged_and_ends_the_exchange() throws Exception {
        var thrown = new IllegalStateException("the turn is over");
        try (var endpoint = new FakeEndpoint(wire -> started(wire).awaitClose());
                var asking = Asking.at(endpoint.url(""))) {
            assertThatThrownBy(() -> asking.assistant.answer(Asking.HELLO, piece -> {
                throw thrown;
            })).isSameAs(thrown);
        }
    }

    private static Wire started(Wire wire) throws IOException {
        return wire.open().events(Chunks.ROLE, Chunks.text("Hello"));
    }

    private static void assertFails(String code, String said, Script script) throws Exception {
        try (var endpoint = new FakeEndpoint(script); var asking = Asking.at(endpoint.url(""))) {
            AssistantFailed failed = catchThrowableOfType(AssistantFailed.class, asking::hello);

            assertThat(failed.failure().code()).isEqualTo(code);
            assertThat(asking.text()).isEqualTo(said);
            if (!said.isEmpty()) {
                assertThat(endpoint.asked()).as("attempts after a piece was said").hasSize(1);
            }
        }
    }
}
