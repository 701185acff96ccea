package dev.confab.bootstrap.campaign.hostile.attack;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A request as no HTTP client would send it, over a connection of its own. */
final class RawRequest {
    /** Longer than the server waits for anything. */
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PIECE = 1 << 16;

    private RawRequest() {
    }

    /** The start of a request with a JSON body, whose connection the server closes after its answer. */
    static String post(String path, String headers) {
        return "POST /api/v1" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\n" + headers;
    }

    static String get(String path, String headers) {
        return "GET /api/v1" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
    }

    static Socket open(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) LIMIT.toMillis());
        return socket;
    }

    /** Sends it, ends the sending half of the connection if so, and reads all that comes back. */
    static RawAnswer exchange(int port, String request, Ending ending) throws IOException {
        try (Socket socket = open(port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            if (ending == Ending.FIN) {
                socket.shutdownOutput();
            }
            return RawAnswer.of(socket.getInputStream().readAllBytes());
        }
    }

    enum Ending {
        FIN, WAITS
    }

    /** Posts {@code start + unit * times + end} without ever holding it in memory. */
    static RawAnswer postLarge(int port, String path, String start, String unit, int times, String end)
            throws IOException {
        long length = start.length() + (long) unit.length() * times + end.length();
        try (Socket socket = open(port)) {
            OutputStream out = socket.getOutputStream();
            out.write((post(path, "Content-Length: " + length + "\r\n\r\n") + start)
                    .getBytes(StandardCharsets.US_ASCII));
            int perPiece = Math.max(1, PIECE / unit.length());
            byte[] piece = unit.repeat(perPiece).getBytes(StandardCharsets.US_ASCII);
            for (int left = times; left > 0; left -= perPiece) {
                out.write(piece, 0, Math.min(perPiece, left) * unit.length());
            }
            out.write(end.getBytes(StandardCharsets.US_ASCII));
            return RawAnswer.of(socket.getInputStream().readAllBytes());
        }
    }
}
