package dev.confab.adapter.assistant.openai;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** The server's end of one exchange. */
record Wire(Socket socket) {

    /** A whole response that is no stream. */
    void respond(int status, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        raw("HTTP/1.1 " + status + " Said So\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                + "\r\n" + headers + "\r\n");
        raw(bytes);
    }

    /** The head of a stream. */
    Wire open() throws IOException {
        raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nx-request-id: req_1\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n");
        return this;
    }

    /** Events, each of one line of data. */
    Wire events(String... data) throws IOException {
        for (String one : data) {
            send("data: " + one + "\n\n");
        }
        return this;
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One packet of the stream. */
    Wire send(byte[] bytes) throws IOException {
        raw(Integer.toHexString(bytes.length) + "\r\n");
        raw(bytes);
        raw("\r\n");
        return this;
    }

    /** The stream ends as HTTP says. */
    void end() throws IOException {
        raw("0\r\n\r\n");
    }

    /** The connection dies. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Returns once the client has closed the connection. */
    void awaitClose() throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Nothing is expected; whatever comes is passed over.
            }
        } catch (SocketException e) {
            // Reset by the client: closed, too.
        }
    }

    private void raw(String text) throws IOException {
        raw(text.getBytes(StandardCharsets.UTF_8));
    }

    private void raw(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }
}
