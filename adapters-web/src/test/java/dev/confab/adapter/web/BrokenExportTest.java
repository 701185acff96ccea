package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Exports that cannot be completed. */
class BrokenExportTest extends WebTest {
    @Test
    void an_export_that_fails_in_the_middle_never_ends_cleanly() throws IOException {
        String path = conversation("{}");
        String big = "x".repeat(1_000_000);
        for (int i = 0; i < 12; i++) {
            post(path + "/messages", draft(big)).expect(201);
        }
        store.failLaterWindows(() -> new StorageUnavailable("gone"));

        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(("GET /api/v1" + path + "/export HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            String answer = readUntilClosed(socket);
            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Transfer-Encoding: chunked")
                    .doesNotContain("\"end\"").doesNotContain("problem").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void a_response_that_fails_after_it_began_is_logged_in_one_line() {
        String path = conversation("{}");
        for (int i = 0; i < 12; i++) {
            post(path + "/messages", draft("x".repeat(1_000_000))).expect(201);
        }
        store.failLaterWindows(() -> new StorageUnavailable("gone"));
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.addAppender(log);
        try {
            assertThatThrownBy(() -> get(path + "/export")).hasRootCauseInstanceOf(IOException.class);
            get("/info").expect(200);
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list).filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN)).singleElement()
                .satisfies(line -> {
                    assertThat(line.getFormattedMessage()).contains(path + "/export", "StorageUnavailable: gone");
                    assertThat(line.getThrowableProxy()).isNull();
                });
    }

    @Test
    void a_missing_conversation_is_not_exported() {
        get("/conversations/" + UUID.randomUUID() + "/export").expectProblem(404, "conversation-not-found");
        assertThat(call("HEAD", conversation(1) + "/export", BodyPublishers.noBody()).expect(200).body()).isEmpty();
    }

    private static String readUntilClosed(Socket socket) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (java.net.SocketException reset) {
            // a reset is the clearest of breaks
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
