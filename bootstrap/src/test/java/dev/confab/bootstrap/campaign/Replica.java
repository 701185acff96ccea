package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A copy of a conversation that is kept by its events alone. A stream that broke is taken up where it did. */
final class Replica implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Supplier<Api> server;
    private final String conversation;
    private final List<Api.Stored> messages = new ArrayList<>();
    private long version;
    private int streams;
    private @Nullable Throwable failure;
    private @Nullable InputStream open;
    private boolean closed;

    private Replica(Supplier<Api> server, String conversation, long version) {
        this.server = server;
        this.conversation = conversation;
        this.version = version;
    }

    /** Of a conversation without messages. */
    static Replica follow(Supplier<Api> server, String conversation) throws IOException {
        var replica = new Replica(server, conversation, server.get().version(conversation));
        Thread.ofVirtual().start(replica::follow);
        return replica;
    }

    /** The messages, once the events have come so far. */
    synchronized List<Api.Stored> awaitVersion(long wanted, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (version < wanted && failure == null) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            assertThat(left).as("the events came to version %d only, not to %d", version, wanted).isPositive();
            wait(left);
        }
        if (failure != null) {
            throw new AssertionError("the copy failed at version " + version, failure);
        }
        assertThat(version).isEqualTo(wanted);
        return List.copyOf(messages);
    }

    /** How many streams it took. */
    synchronized int streams() {
        return streams;
    }

    private void follow() {
        while (!isClosed()) {
            try {
                followOnce();
            } catch (IOException broken) {
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (RuntimeException | Error e) {
                failed(e);
                return;
            }
        }
    }

    private void followOnce() throws IOException {
        HttpResponse<InputStream> response = server.get().events(conversation, at());
        try (InputStream body = response.body()) {
            if (response.statusCode() == 503) {
                throw new IOException("not now");
            }
            assertThat(response.statusCode()).isEqualTo(200);
            opened(body);
            read(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
        }
        throw new IOException("the stream ended");
    }

    private synchronized long at() {
        return version;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void opened(InputStream body) throws IOException {
        open = body;
        streams++;
        if (closed) {
            throw new IOException("closed");
        }
    }

    private synchronized void failed(Throwable e) {
        failure = e;
        notifyAll();
    }

    private void read(BufferedReader lines) throws IOException {
        long id = -1;
        String event = "";
        String line = lines.readLine();
        while (line != null) {
            if (line.startsWith("id:")) {
                id = Long.parseLong(line.substring(3).strip());
            } else if (line.startsWith("event:")) {
                event = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                assertThat(event).isEqualTo("changed");
                apply(id, JSON.readTree(line.substring(5)));
            }
            line = lines.readLine();
        }
    }

    private synchronized void apply(long id, JsonNode changes) throws IOException {
        assertThat(id).as("the event after that of version %d", version).isGreaterThan(version);
        int count = changes.get("conversation").get("messageCount").asInt();
        if (changes.get("reset").asBoolean()) {
            messages.clear();
            messages.addAll(server.get().messages(conversation).subList(0, count));
        }
        while (messages.size() > count) {
            messages.removeLast();
        }
        for (Api.Stored message : Api.stored(changes.get("messages"))) {
            // Dense: the next position, or one that is there.
            if (message.position() == messages.size() + 1) {
                messages.add(message);
            } else {
                messages.set(message.position() - 1, message);
            }
        }
        assertThat(messages).as("the messages at version %d", id).hasSize(count);
        version = id;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        try (InputStream ending = open) {
            // Unblocks the reader.
        } catch (IOException e) {
            // It has ended already.
        }
    }
}
