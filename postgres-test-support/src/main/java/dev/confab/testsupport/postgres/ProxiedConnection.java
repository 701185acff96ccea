package dev.confab.testsupport.postgres;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One client's connection through a {@link TcpProxy}, with one thread for each direction. */
final class ProxiedConnection implements AutoCloseable {
    /** The codes of SSLRequest and GSSENCRequest. */
    private static final Set<Integer> ENCRYPTION_REQUESTS = Set.of(80877103, 80877104);
    private static final char READY_FOR_QUERY = 'Z';

    private final Socket client;
    private final Socket server = new Socket();
    private final Function<Request, Optional<Cut.Armed>> cuts;
    private final RequestReader requests = new RequestReader();
    /** The messages of an incomplete request. The server executes a COMMIT at its Execute, so a cut at the Sync would be too late. */
    private final List<ProtocolMessage> held = new ArrayList<>();
    /** How many ReadyForQuery messages the server still has to send: one for the login, one for each request. */
    private final AtomicInteger answersDue = new AtomicInteger(1);
    /** Once it is set, nothing more reaches the client. */
    private volatile @Nullable Severed severed;

    private volatile boolean silent;

    private record Severed(Cut.Armed cut, Request request) {
        void done() {
            cut.done().complete(request);
        }

        /** Has no effect after {@link #done}. */
        void failed() {
            cut.done().completeExceptionally(new IOException("the server closed without answering " + request));
        }
    }

    /** @param cuts returns the cut that a request triggers */
    ProxiedConnection(Socket client, Function<Request, Optional<Cut.Armed>> cuts) {
        this.client = client;
        this.cuts = cuts;
    }

    /** From now on nothing is forwarded in either direction; both sockets stay open. */
    void silence() {
        silent = true;
    }

    /** Connects to the server and forwards in both directions until one side closes or the connection is cut. */
    void pump(InetSocketAddress address) throws IOException {
        server.connect(address);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread answers = Thread.ofVirtual().start(this::pumpAnswers);
        try {
            pumpRequests();
            // The server closes after it has read everything, so it still executes the requests it got before a cut.
            server.shutdownOutput();
            answers.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Optional.ofNullable(severed).ifPresent(Severed::failed);
        }
    }

    private void pumpRequests() throws IOException {
        var in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        OutputStream out = server.getOutputStream();
        for (var next = Optional.of(firstUnencrypted(in)); next.isPresent(); next = ProtocolMessage.read(in)) {
            ProtocolMessage message = next.get();
            held.add(message);
            Optional<Request> request = requests.take(message);
            request.ifPresent(_ -> answersDue.incrementAndGet());
            Optional<Severed> cut = request.flatMap(r -> cuts.apply(r).map(c -> new Severed(c, r)));
            if (cut.isPresent()) {
                cut(cut.get(), out);
                return;
            }
            if (!RequestReader.isWithinRequest(message)) {
                forwardHeld(out);
            }
        }
    }

    private void forwardHeld(OutputStream out) throws IOException {
        if (!silent) {
            for (ProtocolMessage message : held) {
                message.writeTo(out);
            }
        }
        held.clear();
    }

    /** Declines encryption until the client logs in or sends a cancel request. */
    private ProtocolMessage firstUnencrypted(DataInputStream in) throws IOException {
        ProtocolMessage first = ProtocolMessage.read(ProtocolMessage.FIRST, in);
        while (ENCRYPTION_REQUESTS.contains(first.body().getInt())) {
            client.getOutputStream().write('N');
            first = ProtocolMessage.read(ProtocolMessage.FIRST, in);
        }
        return first;
    }

    private void cut(Severed cut, OutputStream out) throws IOException {
        // Set before the server can answer, so that no answer reaches the client.
        severed = cut;
        if (cut.cut().where() != Cut.BEFORE_SERVER) {
            forwardHeld(out);
        }
        if (cut.cut().where() != Cut.AFTER_SERVER) {
            client.close();
            cut.done();
        }
    }

    private void pumpAnswers() {
        try (client) {
            var in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
            OutputStream out = client.getOutputStream();
            for (var next = ProtocolMessage.read(in); next.isPresent(); next = ProtocolMessage.read(in)) {
                boolean allAnswered = next.get().type() == READY_FOR_QUERY && answersDue.decrementAndGet() == 0;
                Severed cut = severed;
                if (cut == null) {
                    if (!silent) {
                        next.get().writeTo(out);
                    }
                } else if (allAnswered && cut.cut().where() == Cut.AFTER_SERVER) {
                    client.close();
                    cut.done();
                }
            }
        } catch (IOException e) {
            // One side closed; closing the client's socket ends the other direction.
        }
    }

    @Override
    public void close() {
        try (client; server) {
            // Both sockets are closed; the two threads then end.
        } catch (IOException e) {
            // The connection is gone anyway.
        }
    }
}
