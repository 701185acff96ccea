package dev.confab.testsupport.postgres;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One client's connection through a {@link TcpProxy}: a thread for each direction. */
final class ProxiedConnection implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final char READY_FOR_QUERY = 'Z';

    private final Socket client;
    private final Socket server;
    private final Function<Request, Optional<Cut.Armed>> cuts;
    private final RequestReader requests = new RequestReader();
    /** The request that is not yet complete. The server executes a COMMIT at its Execute, so a cut at the Sync would be too late. */
    private final List<Message> held = new ArrayList<>();
    /** ReadyForQuery messages yet to come: one for the login, one for each request. */
    private final AtomicInteger answersDue = new AtomicInteger(1);
    /** What was cut, and then nothing reaches the client any more. */
    private volatile @Nullable Severed severed;

    private volatile boolean silent;

    private record Severed(Cut.Armed cut, Request request) {
        void done() {
            cut.done().complete(request);
        }

        /** Nothing, if it is done already. */
        void failed() {
            cut.done().completeExceptionally(new IOException("the server ended without an answer to " + request));
        }
    }

    ProxiedConnection(Socket client, Socket server, Function<Request, Optional<Cut.Armed>> cuts) throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        this.client = client;
        this.server = server;
        this.cuts = cuts;
    }

    /** From now on neither side hears anything; both stay open. */
    void silence() {
        silent = true;
    }

    /** Passes on what both sides say, until one ends or the connection is cut. */
    void pump() throws IOException {
        Thread answers = Thread.ofVirtual().start(this::pumpAnswers);
        try {
            pumpRequests();
            // The server ends by itself once it has read everything, so it also does what it was sent before a cut.
            server.shutdownOutput();
            answers.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Optional.ofNullable(severed).ifPresent(Severed::failed);
        }
    }

    private void pumpRequests() throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        OutputStream out = server.getOutputStream();
        Optional<Message> next = firstUnencrypted(in);
        while (next.isPresent()) {
            Message message = next.get();
            held.add(message);
            Optional<Request> request = message.type() == Message.FIRST ? Optional.empty() : requests.take(message);
            request.ifPresent(r -> answersDue.incrementAndGet());
            Optional<Severed> cut = request.flatMap(r -> cuts.apply(r).map(c -> new Severed(c, r)));
            if (cut.isPresent()) {
                cut(cut.get(), out);
                return;
            }
            if (!RequestReader.isWithinRequest(message)) {
                forwardHeld(out);
            }
            next = Message.read(in);
        }
    }

    private void forwardHeld(OutputStream out) throws IOException {
        if (!silent) {
            for (Message message : held) {
                message.writeTo(out);
            }
        }
        held.clear();
    }

    /** Declines encryption until the client makes its login, or asks to cancel. */
    private Optional<Message> firstUnencrypted(DataInputStream in) throws IOException {
        Optional<Message> first = Message.readFirst(in);
        while (first.isPresent() && asksForEncryption(first.get())) {
            client.getOutputStream().write('N');
            first = Message.readFirst(in);
        }
        return first;
    }

    private static boolean asksForEncryption(Message first) {
        int code = first.body().number();
        return code == SSL_REQUEST || code == GSS_REQUEST;
    }

    private void cut(Severed cut, OutputStream out) throws IOException {
        // Before the server can answer, so that no answer slips through.
        severed = cut;
        switch (cut.cut().where()) {
            case BEFORE_SERVER -> {
                client.close();
                cut.done();
            }
            case WITHOUT_WAITING -> {
                forwardHeld(out);
                client.close();
                cut.done();
            }
            case AFTER_SERVER -> forwardHeld(out);
        }
    }

    private void pumpAnswers() {
        try (client) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
            OutputStream out = client.getOutputStream();
            Optional<Message> next = Message.read(in);
            while (next.isPresent()) {
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
                next = Message.read(in);
            }
        } catch (IOException e) {
            // A side is gone; closing tells the other.
        }
    }

    @Override
    public void close() {
        closeQuietly(client);
        closeQuietly(server);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
