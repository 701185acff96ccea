package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.web.EventClient.Event;
import dev.confab.adapter.web.event.EventStreams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** On a server that waits for three seconds, instead of a minute, for a client to take something in. */
@TestPropertySource(properties = {"server.tomcat.connection-timeout=3s", "server.tomcat.keep-alive-timeout=60s"})
class SlowReaderTest extends TurnTest {
    /** Six bytes each as JSON: the whole text is more than the buffers of a connection hold. */
    private static final String PIECE = "\u0001".repeat(4_000);
    private static final int PIECES = 250;

    @Autowired
    EventStreams streams;

    @Test
    void a_reader_that_stops_is_disconnected_and_delays_no_other() throws Exception {
        String prompt = prompt();
        var script = assistant.script(prompt);
        String turn = turn(start(session("{}"), prompt).expect(202));
        try (var stuck = stuckReader(turn); var reader = new EventClient(uri(turn + "/events"))) {
            assertThat(stuck.getInputStream().read()).isEqualTo('H');
            for (int i = 0; i < PIECES; i++) {
                script.say(PIECE);
            }
            script.complete();

            var text = new StringBuilder();
            Event event = reader.nextEvent();
            while (!event.event().equals("message.completed")) {
                if (event.event().equals("message.delta")) {
                    text.append(event.json().get("text").stringValue());
                }
                event = reader.nextEvent();
            }

            assertThat(text.toString()).isEqualTo(PIECE.repeat(PIECES));
            assertThat(event.json().get("text").stringValue()).isEqualTo(text.toString());
            assertThat(reader.nextEvent().event()).isEqualTo("turn.completed");
            awaitNoStream();
            String got = new String(stuck.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(got).contains("turn.started").doesNotContain("turn.completed");
        }
        assertThat(get(turn).text("state")).isEqualTo("completed");
    }

    private Socket stuckReader(String turn) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream().write(("GET /api/v1" + turn + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private void awaitNoStream() {
        TestThreads.await(() -> streams.openStreams() == 0);
    }
}
