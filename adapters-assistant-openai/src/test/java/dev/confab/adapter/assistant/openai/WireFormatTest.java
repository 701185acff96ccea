package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.assistant.openai.FakeEndpoint.Script;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class WireFormatTest {
    private static final String STREAM = "data: " + Chunks.text("Grüße, 👩‍🚀!") + "\n\ndata: " + Chunks.STOP
            + "\n\ndata: " + Chunks.DONE + "\n\n";

    private static final String SEVERAL_LINES = STREAM.replace(",\"created\"", ",\ndata: \"created\"");

    static Stream<Arguments> streams() {
        return Stream.of(Arguments.of("LF", STREAM), Arguments.of("CRLF", STREAM.replace("\n", "\r\n")),
                Arguments.of("CR", STREAM.replace("\n", "\r")),
                Arguments.of("comments", ": PROCESSING\n\n:\n\n" + STREAM.replace("\n\n", "\n: more\n\n: again\n\n")),
                Arguments.of("no space after the colon", STREAM.replace("data: ", "data:")),
                Arguments.of("other fields", STREAM.replace("data: ", "id: 1\nretry: 10\nevent: message\nfoo\ndata: ")),
                Arguments.of("a byte order mark", "\uFEFF" + STREAM),
                Arguments.of("data in several lines", SEVERAL_LINES),
                Arguments.of("data in several lines of CRLF", SEVERAL_LINES.replace("\n", "\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void a_stream_is_parsed_in_every_notation(String name, String stream) throws Exception {
        assertThat(text(wire -> wire.open().send(stream).end())).isEqualTo("Grüße, 👩‍🚀!");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void a_stream_is_parsed_when_every_byte_arrives_alone(String name, String stream) throws Exception {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);

        assertThat(text(wire -> {
            wire.socket().setTcpNoDelay(true);
            wire.open();
            for (int i = 0; i < bytes.length; i++) {
                wire.send(Arrays.copyOfRange(bytes, i, i + 1));
            }
            wire.end();
        })).isEqualTo("Grüße, 👩‍🚀!");
    }

    @Test
    void a_huge_line_is_parsed_whole() throws Exception {
        String huge = "word ".repeat(150_000);

        assertThat(text(wire -> wire.open().events(Chunks.text(huge), Chunks.STOP, Chunks.DONE).end())).isEqualTo(huge);
    }

    @Test
    void comments_do_not_count_towards_the_size_of_an_event() throws Exception {
        String comments = ": the assistant is thinking\n".repeat(50_000);

        assertThat(comments).hasSizeGreaterThan(SseParser.MAX_EVENT_BYTES);
        assertThat(text(wire -> wire.open().send(comments + STREAM).end())).isEqualTo("Grüße, 👩‍🚀!");
    }

    @ParameterizedTest
    @CsvSource({"'', /v1/chat/completions", "/, /v1/chat/completions", "/v1, /v1/chat/completions",
            "/v1/, /v1/chat/completions", "/api/v1, /api/v1/chat/completions", "/openai/, /openai/chat/completions"})
    void the_base_url_may_have_a_path_or_none(String path, String called) throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open().send(STREAM).end());
                var tested = AssistantUnderTest.at(endpoint.url(path))) {
            tested.hello();

            assertThat(endpoint.requests().getFirst().path()).isEqualTo(called);
        }
    }

    private static String text(Script script) throws Exception {
        try (var endpoint = new FakeEndpoint(script); var tested = AssistantUnderTest.at(endpoint.url(""))) {
            tested.hello();
            return tested.text();
        }
    }
}
