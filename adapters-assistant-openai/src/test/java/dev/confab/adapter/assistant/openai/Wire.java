package dev.confab.adapter.assistant.openai;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** The server's end of one connection. */
record Wire(Socket socket) {

    /** Sends a whole response instead of a stream. */
    void respond(int status, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        raw("HTTP/1.1 " + status + " Status\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                + "\r\n" + headers + "\r\n");
        raw(bytes);
    }

    /** Sends the status line and headers of a stream. */
    Wire open() throws IOException {
        raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nx-request-id: req_1\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n");
        return this;
    }

    /** Sends events with one line of data each. */
    Wire events(String... data) throws IOException {
        for (String one : data) {
            send("data: " + one + "\n\n");
        }
        return this;
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one HTTP chunk of the stream. */
    Wire send(byte[] bytes) throws IOException {
        raw(Integer.toHexString(bytes.length) + "\r\n");
        raw(bytes);
        raw("\r\n");
        return this;
    }

    /** Ends the stream regularly. */
    void end() throws IOException {
        raw("0\r\n\r\n");
    }

    /** Resets the connection. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Waits until the client closes the connection. */
    void awaitClose() throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Bytes that arrive are ignored.
            }
        } catch (SocketException e) {
            // The client reset the connection, which closes it too.
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
