package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.confab.adapter.assistant.openai.FakeEndpoint.Script;
import dev.confab.domain.port.AssistantFailed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class SecretsTest {
    private static final String ECHO = "{\"error\":{\"message\":\"Incorrect API key provided: " + AssistantUnderTest.KEY
            + "\"}}";
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stop_listening() {
        root.detachAppender(log);
        root.setLevel(Level.DEBUG);
    }

    static Stream<Arguments> echoes() {
        return Stream.of(
                Arguments.of("401",
                        (Script) wire -> wire.respond(401, "x-request-id: " + AssistantUnderTest.KEY + "\r\n", ECHO)),
                Arguments.of("429",
                        (Script) wire -> wire.respond(429, "Retry-After: " + AssistantUnderTest.KEY + "\r\n", ECHO)),
                Arguments.of("500", (Script) wire -> wire.respond(500, "", ECHO)),
                Arguments.of("an error among the chunks", (Script) wire -> wire.open().events(ECHO).end()),
                Arguments.of("no chunk", (Script) wire -> wire.open().events(AssistantUnderTest.KEY).end()),
                Arguments.of("a chunk of the wrong form", (Script) wire -> wire.open()
                        .events("{\"choices\":[{\"delta\":{\"content\":{\"" + AssistantUnderTest.KEY + "\":1}}}]}")
                        .end()),
                Arguments.of("a tool's name", (Script) wire -> wire.open()
                        .events(Chunks.tool(0, "1", AssistantUnderTest.KEY.repeat(9), "{}"), Chunks.TOOL_CALLS).end()),
                Arguments.of("no HTTP", (Script) wire -> wire.socket().getOutputStream()
                        .write((AssistantUnderTest.KEY + " " + AssistantUnderTest.KEY + "\r\n\r\n").getBytes())),
                Arguments.of("a status line", (Script) wire -> wire.socket().getOutputStream()
                        .write(("HTTP/1.1 " + AssistantUnderTest.KEY + "\r\n\r\n").getBytes())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("echoes")
    void a_key_that_the_provider_repeats_is_neither_in_the_failure_nor_in_the_log(String name, Script script)
            throws Exception {
        try (var endpoint = new FakeEndpoint(script); var tested = AssistantUnderTest.at(endpoint.url(""))) {
            AssistantFailed failed = catchThrowableOfType(AssistantFailed.class, tested::hello);

            var trace = new StringWriter();
            failed.printStackTrace(new PrintWriter(trace));
            assertThat(failed.failure().detail()).doesNotContain(AssistantUnderTest.KEY).doesNotContain("http:");
            assertThat(trace.toString()).doesNotContain(AssistantUnderTest.KEY);
            assertThat(logged()).isNotEmpty().noneMatch(line -> line.contains(AssistantUnderTest.KEY));
        }
    }

    @Test
    void a_finish_reason_is_not_logged() throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open()
                .events(Chunks.text("Hello"), Chunks.finish(AssistantUnderTest.KEY), Chunks.DONE).end());
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            tested.hello();

            assertThat(logged()).noneMatch(line -> line.contains(AssistantUnderTest.KEY));
        }
    }

    @Test
    void an_answer_is_not_logged() throws Exception {
        try (var endpoint = new FakeEndpoint(
                wire -> wire.open().events(Chunks.text("Hello"), Chunks.STOP, Chunks.DONE).end());
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            tested.hello();

            assertThat(logged()).noneMatch(line -> line.contains(AssistantUnderTest.KEY))
                    .noneMatch(line -> line.contains("Hello"));
        }
    }

    @Test
    void status_and_request_id_are_logged() throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.respond(401, "x-request-id: req_7\r\n", "{}"));
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            catchThrowableOfType(AssistantFailed.class, tested::hello);

            assertThat(logged()).anyMatch(line -> line.contains("401") && line.contains("req_7"));
        }
    }

    private List<String> logged() {
        return log.list.stream().map(event -> event.getFormattedMessage() + (event.getThrowableProxy() == null
                ? ""
                : ThrowableProxyUtil.asString(event.getThrowableProxy()))).toList();
    }
}
