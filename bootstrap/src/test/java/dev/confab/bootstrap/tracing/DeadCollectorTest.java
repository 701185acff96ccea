package dev.confab.bootstrap.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A collector that does not work costs a line in the log and the spans. */
@ExtendWith(OutputCaptureExtension.class)
class DeadCollectorTest {
    private static final int REQUESTS = 50;

    @TempDir
    Path directory;

    /** The queue has room for the spans of two requests: if it could block, all requests but the first ones would wait for the collector. */
    @Test
    void requests_are_answered_while_the_collector_holds_an_export_and_the_queue_is_full() throws Exception {
        try (var collector = Collector.silent();
                var confab = Confab.traced(directory, collector,
                        "--management.opentelemetry.tracing.export.max-queue-size=6",
                        "--management.opentelemetry.tracing.export.max-batch-size=2",
                        "--management.opentelemetry.tracing.export.otlp.timeout=10m",
                        "--management.opentelemetry.tracing.export.timeout=10m")) {
            confab.newConversation();
            collector.awaitAsked();

            for (int i = 0; i < REQUESTS; i++) {
                confab.newConversation();
            }

            assertThat(collector.all()).as("spans that left while all requests were answered").hasSizeLessThan(3);
            collector.answer();
        }
    }

    @Test
    void an_unreachable_collector_is_reported_in_one_line(CapturedOutput output) throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (var confab = Confab.start(directory, "--confab.tracing.endpoint=http://127.0.0.1:" + port + "/v1/traces",
                "--management.opentelemetry.tracing.export.schedule-delay=20ms")) {
            confab.newConversation();
            Awaitility.await().atMost(Duration.ofMinutes(1))
                    .until(() -> output.getAll().contains("does not accept spans"));
            confab.newConversation();
        }

        assertThat(output.getAll().lines().filter(line -> line.contains("spans")))
                .singleElement().asString().contains("WARN", "http://127.0.0.1:" + port + "/v1/traces",
                        "confab.tracing.endpoint");
        assertThat(output).doesNotContain("\tat ", "Failed to export");
    }
}
