package dev.confab.testsupport.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Stands on the loopback address in front of a PostgreSQL server, passes on what both sides say, and breaks connections when told to. It reads the protocol, so it
 * declines encryption.
 */
public final class TcpProxy implements AutoCloseable {
    private final String host;
    private final int serverPort;
    private final ServerSocket listener;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final List<Cut.Armed> cuts = new ArrayList<>();
    private volatile boolean refusing;

    private TcpProxy(String host, int serverPort) throws IOException {
        this.host = host;
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    /** Starts one in front of the server for tests. */
    public static TcpProxy to(TestPostgres server) {
        return to(server.host(), server.port());
    }

    /** Starts one in front of a server. */
    public static TcpProxy to(String host, int port) {
        try {
            TcpProxy proxy = new TcpProxy(host, port);
            Thread.ofVirtual().name("proxy to " + port).start(proxy::acceptAll);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect to, on the loopback address. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Breaks every connection now; what the server was doing for it, it may finish. */
    public void cutAll() {
        connections.forEach(ProxiedConnection::close);
    }

    /** Lets every connection of now die as a pulled cable does: both ends stay open and hear nothing more. */
    public void silenceAll() {
        connections.forEach(ProxiedConnection::silence);
    }

    /**
     * Breaks the connection that next makes such a request. Each call cuts once, whichever connection it is.
     *
     * @param which called on the connections' threads, one at a time
     * @return the request, once the client can no longer get an answer to it (and, for {@link Cut#AFTER_SERVER}, the server has given one); fails if the server ended
     *         before that
     */
    public CompletableFuture<Request> cutNext(Cut where, Predicate<Request> which) {
        Cut.Armed cut = new Cut.Armed(where, which, new CompletableFuture<>());
        synchronized (cuts) {
            cuts.add(cut);
        }
        return cut.done();
    }

    /** From now on a new connection is closed at once, unanswered. Those that are open stay. */
    public void refuse() {
        refusing = true;
    }

    /** Takes new connections again. */
    public void accept() {
        refusing = false;
    }

    /** Breaks every connection and takes no more. */
    @Override
    public void close() {
        try {
            refusing = true;
            listener.close();
            cutAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cut that this request sets off, which no other request can then set off. */
    Optional<Cut.Armed> cutFor(Request request) {
        synchronized (cuts) {
            Optional<Cut.Armed> cut = cuts.stream().filter(armed -> armed.which().test(request)).findFirst();
            cut.ifPresent(cuts::remove);
            return cut;
        }
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().name("proxied from " + client.getPort()).start(() -> serve(client));
            } catch (IOException e) {
                // The listener was closed, or a client was gone before it was accepted.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (refusing) {
                return;
            }
            try (Socket server = new Socket(host, serverPort);
                    ProxiedConnection connection = new ProxiedConnection(client, server, this::cutFor)) {
                serve(connection);
            }
        } catch (IOException e) {
            // A side is gone; closing tells the other.
        }
    }

    private void serve(ProxiedConnection connection) throws IOException {
        connections.add(connection);
        try {
            // Once more, now that cutAll would find it: after refuse() and cutAll() there is no connection.
            if (!refusing) {
                connection.pump();
            }
        } finally {
            connections.remove(connection);
        }
    }
}
