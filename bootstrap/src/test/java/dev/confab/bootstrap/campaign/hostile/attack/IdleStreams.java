package dev.confab.bootstrap.campaign.hostile.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Opens event streams until the server refuses one, keeps them all open and reads none; then it asks for more. */
public final class IdleStreams implements Attack, AutoCloseable {
    /** Streams of everything that changes, whose clients never read: they become too slow. */
    private static final int DEAF = 10;

    private final int port;
    private final String quiet;
    private final Collection<Socket> kept = new ConcurrentLinkedQueue<>();

    /** @param quiet a conversation that does not change */
    public IdleStreams(int port, String quiet) {
        this.port = port;
        this.quiet = quiet;
    }

    @Override
    public void once(Report report) throws IOException {
        for (boolean refused = false; !refused;) {
            String path = kept.size() < DEAF ? "/events" : "/conversations/" + quiet + "/events";
            refused = open(path, report);
        }
    }

    /** Returns whether it was refused. */
    private boolean open(String path, Report report) throws IOException {
        Socket socket = RawRequest.open(port);
        socket.getOutputStream().write(("GET /api/v1" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String status = in.readLine();
        if (status != null && status.startsWith("HTTP/1.1 200")) {
            kept.add(socket);
            report.answered("event stream that is not read", "200");
            return false;
        }
        try (socket) {
            var rest = new StringBuilder(status + "\r\n");
            in.lines().forEach(line -> rest.append(line).append("\r\n"));
            String label = new RawAnswer(rest.toString()).label();
            // A busy database may not answer in time.
            assertThat(label).as("an event stream: %s", rest).isIn("503 too-many-streams", "503 storage-unavailable",
                    "503 lock-timeout");
            report.answered("event stream that is not read", label);
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : kept) {
            socket.close();
        }
    }
}
