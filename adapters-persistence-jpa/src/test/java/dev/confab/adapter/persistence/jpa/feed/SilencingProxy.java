package dev.confab.adapter.persistence.jpa.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server, and can let connections die as a pulled cable does: both ends stay open and hear nothing. */
final class SilencingProxy implements AutoCloseable {
    private final ServerSocket entry;
    private final String host;
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger silences = new AtomicInteger();

    SilencingProxy(String host, int port) throws IOException {
        this.entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return entry.getInetAddress().getHostAddress() + ":" + entry.getLocalPort();
    }

    /** Nothing more comes through on the connections that are open now. */
    void silence() {
        silences.incrementAndGet();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entry.accept();
                var server = new Socket(host, port);
                sockets.addAll(List.of(client, server));
                int silencesBefore = silences.get();
                Thread.ofVirtual().start(() -> pump(client, server, silencesBefore));
                Thread.ofVirtual().start(() -> pump(server, client, silencesBefore));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void pump(Socket from, Socket to, int silencesBefore) {
        var buffer = new byte[8192];
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (silences.get() == silencesBefore) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException closed) {
            // either end has gone, and takes the other with it
        }
    }

    @Override
    public void close() {
        try {
            entry.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
