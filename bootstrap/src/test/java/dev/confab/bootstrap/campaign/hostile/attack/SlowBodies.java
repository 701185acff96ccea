package dev.confab.bootstrap.campaign.hostile.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bodies that arrive a byte at a time. */
public record SlowBodies(int port, BooleanSupplier stopped) implements Attack {
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Of pauses: several times as long as the server waits before it measures the rate. */
    private static final int MAX_BYTES = 360;
    private static final Set<String> ANSWERS = Set.of("408 request-timeout");

    @Override
    public void once(Report report) throws IOException {
        try (Socket socket = RawRequest.open(port)) {
            var out = socket.getOutputStream();
            out.write(RawRequest.post("/conversations", "Content-Length: 5000\r\n\r\n{\"title\":\"")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int sent = 0; socket.getInputStream().available() == 0; sent++) {
                if (stopped.getAsBoolean()) {
                    report.answered("a byte of the body each half second", "left before the answer");
                    return;
                }
                assertThat(sent).as("bytes that the server waited for").isLessThan(MAX_BYTES);
                out.write('a');
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            RawAnswer answer = RawAnswer.of(socket.getInputStream().readAllBytes());
            report.answered("a byte of the body each half second", answer.expect("slow body", ANSWERS).label());
        }
    }
}
