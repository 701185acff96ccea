package dev.confab.adapter.assistant.openai;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A chat-completions endpoint on bare loopback sockets, so that a test can violate the protocol. */
final class FakeEndpoint implements AutoCloseable {
    private final ServerSocket server;
    private final List<Script> scripts;
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Answers one request. */
    @FunctionalInterface
    interface Script {
        void answer(Wire wire) throws IOException, InterruptedException;
    }

    /** A received request. Header names are in lower case. */
    record ReceivedRequest(String path, Map<String, String> headers, String body) {
    }

    /** @param scripts the first answers the first request, and so on; the last also answers all further requests */
    FakeEndpoint(Script... scripts) throws IOException {
        this.scripts = List.of(scripts);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI url(String path) {
        return URI.create("http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort() + path);
    }

    List<ReceivedRequest> requests() {
        return requests;
    }

    /** The number of connections made so far. */
    int connections() {
        return sockets.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The endpoint is closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                ReceivedRequest request = read(in);
                requests.add(request);
                scripts.get(Math.min(requests.size(), scripts.size()) - 1).answer(new Wire(socket));
            }
        } catch (IOException | InterruptedException e) {
            // The client closed the connection, as some tests expect.
        }
    }

    private static ReceivedRequest read(InputStream in) throws IOException {
        String path = line(in).split(" ")[1];
        var headers = new TreeMap<String, String>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] pair = line.split(": ?", 2);
            headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new ReceivedRequest(path, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed");
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
