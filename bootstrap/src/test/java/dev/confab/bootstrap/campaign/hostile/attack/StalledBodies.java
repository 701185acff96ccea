package dev.confab.bootstrap.campaign.hostile.attack;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The largest bodies, whose last byte never comes. A few of them fill all the memory that bodies may take. */
public record StalledBodies(int port, BooleanSupplier stopped) implements Attack {
    private static final String NAME = "8 MiB of body without the last byte";
    private static final int BYTES = 8 * 1024 * 1024;
    private static final int PIECE = 1 << 16;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Set<String> ANSWERS = Set.of("408 request-timeout", "503 overloaded");

    @Override
    public void once(Report report) throws IOException {
        try (Socket socket = RawRequest.open(port)) {
            OutputStream out = socket.getOutputStream();
            out.write(RawRequest.post("/conversations", "Content-Length: " + BYTES + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] spaces = " ".repeat(PIECE).getBytes(StandardCharsets.US_ASCII);
            for (int left = BYTES - 1; left > 0; left -= PIECE) {
                out.write(spaces, 0, Math.min(PIECE, left));
            }
            while (socket.getInputStream().available() == 0) {
                if (stopped.getAsBoolean()) {
                    report.answered(NAME, "left before the answer");
                    return;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            String start = new String(socket.getInputStream().readNBytes("HTTP/1.1 503".length()),
                    StandardCharsets.US_ASCII);
            if (start.endsWith("503")) {
                out.write(' '); // the rest of a refused body is read
            }
            byte[] rest = socket.getInputStream().readAllBytes();
            var answer = new RawAnswer(start + new String(rest, StandardCharsets.UTF_8));
            report.answered(NAME, answer.expect(NAME, ANSWERS).label());
        }
    }
}
