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

    /** A large body, which is never in memory as a whole: {@code start + unit * times + end}. */
    record Large(String start, String unit, int times, String end) {
        private long length() {
            return start.length() + (long) unit.length() * times + end.length();
        }
    }

    static RawAnswer postLarge(int port, String path, Large body) throws IOException {
        try (Socket socket = open(port)) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii(post(path, "Content-Length: " + body.length() + "\r\n\r\n")));
            write(body, out::write);
            return RawAnswer.of(socket.getInputStream().readAllBytes());
        }
    }

    /** The same without saying how long it is. */
    static RawAnswer postChunked(int port, String path, Large body) throws IOException {
        try (Socket socket = open(port)) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii(post(path, "Transfer-Encoding: chunked\r\n\r\n")));
            write(body, piece -> {
                out.write(ascii(Integer.toHexString(piece.length) + "\r\n"));
                out.write(piece);
                out.write(ascii("\r\n"));
            });
            out.write(ascii("0\r\n\r\n"));
            return RawAnswer.of(socket.getInputStream().readAllBytes());
        }
    }

    @FunctionalInterface
    private interface Pieces {
        void write(byte[] piece) throws IOException;
    }

    private static void write(Large body, Pieces pieces) throws IOException {
        pieces.write(ascii(body.start()));
        int most = Math.max(1, PIECE / body.unit().length());
        byte[] piece = ascii(body.unit().repeat(most));
        int whole = body.times() / most;
        for (int i = 0; i < whole; i++) {
            pieces.write(piece);
        }
        pieces.write(ascii(body.unit().repeat(body.times() % most) + body.end()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
