package dev.confab.testsupport.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
 * A proxy on the loopback address in front of a PostgreSQL server. It forwards in both directions and breaks connections on request. It reads
 * the protocol, so it declines encryption.
 */
public final class TcpProxy implements AutoCloseable {
    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final List<Cut.Armed> cuts = new ArrayList<>();
    private volatile boolean refusing;

    private TcpProxy(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    /** Starts a proxy in front of the server for tests. */
    public static TcpProxy to(TestPostgres server) {
        try {
            TcpProxy proxy = new TcpProxy(new InetSocketAddress(server.host(), server.port()));
            Thread.ofVirtual().name("proxy to " + server.port()).start(proxy::acceptAll);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port on the loopback address that clients connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Breaks every connection now; the server may still finish a running statement. */
    public void cutAll() {
        connections.forEach(ProxiedConnection::close);
    }

    /** Silences every open connection, as a pulled cable does: both ends stay open and receive nothing more. */
    public void silenceAll() {
        connections.forEach(ProxiedConnection::silence);
    }

    /**
     * Breaks the first connection that makes a matching request. Each call cuts one connection, once.
     *
     * @param which called on the connections' threads, one at a time
     * @return completes with the request when the client can no longer get an answer to it (and, for {@link Cut#AFTER_SERVER}, the server has
     *         given one); fails if the server closes before that
     */
    public synchronized CompletableFuture<Request> cutNext(Cut where, Predicate<Request> which) {
        var cut = new Cut.Armed(where, which, new CompletableFuture<>());
        cuts.add(cut);
        return cut.done();
    }

    /** From now on closes every new connection at once, without an answer. Open connections stay. */
    public void refuse() {
        refusing = true;
    }

    /** Accepts new connections again. */
    public void accept() {
        refusing = false;
    }

    /** Breaks every connection and accepts no more. */
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

    /** Removes and returns the cut that this request triggers. */
    private synchronized Optional<Cut.Armed> cutFor(Request request) {
        Optional<Cut.Armed> cut = cuts.stream().filter(armed -> armed.which().test(request)).findFirst();
        cut.ifPresent(cuts::remove);
        return cut;
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
        var connection = new ProxiedConnection(client, this::cutFor);
        connections.add(connection);
        try (connection) {
            // Checked only now that cutAll finds the connection: after refuse() and cutAll() no connection is left.
            if (!refusing) {
                connection.pump(server);
            }
        } catch (IOException e) {
            // One side closed; closing the connection tells the other.
        } finally {
            connections.remove(connection);
        }
    }
}
